import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, type ReactNode } from 'react';

import { Empty } from '../ui/Empty';
import { reading } from './basics';

interface Props {
  before: string;
  after: string;
  label: string;
  /** There is no room for two texts: they stand in one, what was before what is. */
  narrow?: boolean;
}

const folded = { margin: 3, minSize: 6 };

const shown = (label: string): Extension => [reading(label), EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.lineWrapping];

/** Two texts, what differs marked, what does not folded away. */
export function JsonDiff(props: Props): ReactNode {
  if (props.before === props.after) return <Empty icon="check" title="Nothing is different" />;
  return props.narrow ? <Unified {...props} /> : <Sides {...props} />;
}

function Sides({ before, after, label }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const side = (doc: string, name: string): { doc: string; extensions: Extension } => ({
      doc,
      extensions: shown(`${label}, ${name}`),
    });
    const view = new MergeView({
      parent: place.current,
      a: side(before, 'before'),
      b: side(after, 'after'),
      collapseUnchanged: folded,
    });
    return () => view.destroy();
  }, [before, after, label]);
  return <div ref={place} className="editor diff" />;
}

function Unified({ before, after, label }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const merged = unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: folded });
    const view = new EditorView({ parent: place.current, doc: after, extensions: [shown(label), merged] });
    return () => view.destroy();
  }, [before, after, label]);
  return <div ref={place} className="editor diff" />;
}
