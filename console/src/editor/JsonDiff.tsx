import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef, type ReactNode } from 'react';

import { Empty } from '../ui/Empty';
import { reading } from './basics';

interface Props {
  before: string;
  after: string;
  label: string;
}

/** Two texts side by side, what differs marked, what does not folded away. */
export function JsonDiff(props: Props): ReactNode {
  if (props.before !== props.after) return <Sides {...props} />;
  return <Empty icon="check" title="Nothing is different" />;
}

function Sides({ before, after, label }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const side = (doc: string, name: string): { doc: string; extensions: Extension } => ({
      doc,
      extensions: [reading(`${label}, ${name}`), EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.lineWrapping],
    });
    const view = new MergeView({
      parent: place.current,
      a: side(before, 'before'),
      b: side(after, 'after'),
      collapseUnchanged: { margin: 3, minSize: 6 },
    });
    return () => view.destroy();
  }, [before, after, label]);
  return <div ref={place} className="editor diff" />;
}
