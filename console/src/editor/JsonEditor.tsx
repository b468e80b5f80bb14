import type { CompletionSource } from '@codemirror/autocomplete';
import { forEachDiagnostic, linter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { jsonParseLinter } from '@codemirror/lang-json';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { jsonLanguage } from '@codemirror/lang-json';
import { useEffect, useRef, type ReactNode } from 'react';

import { reading, writing } from './basics';

interface Props {
  label: string;
  text: string;
  onChange: (text: string) => void;
  complete?: CompletionSource;
  /** Shown where they are, beside what is wrong with the JSON itself. */
  diagnostics?: Diagnostic[];
  /** A place to go to; a new object goes there again. */
  goTo?: { position: number } | null;
}

const syntax = linter(jsonParseLinter(), { delay: 250 });

function extensions(props: Props, changed: (text: string) => void): Extension {
  return [
    writing,
    reading(props.label),
    ...(props.diagnostics ? [] : [syntax]),
    ...(props.complete ? [jsonLanguage.data.of({ autocomplete: props.complete })] : []),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    }),
  ];
}

export function JsonEditor(props: Props): ReactNode {
  const { text, diagnostics, goTo } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!place.current) return undefined;
    const changed = (now: string): void => latest.current.onChange(now);
    const state = EditorState.create({ doc: latest.current.text, extensions: extensions(latest.current, changed) });
    const made = new EditorView({ parent: place.current, state });
    view.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !diagnostics) return;
    const end = editor.state.doc.length;
    const inside = diagnostics.map((each) => ({ ...each, from: Math.min(each.from, end), to: Math.min(each.to, end) }));
    let shown = 0;
    forEachDiagnostic(editor.state, () => shown++);
    if (inside.length > 0 || shown > 0) editor.dispatch(setDiagnostics(editor.state, inside));
  }, [diagnostics, text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !goTo) return;
    const at = Math.min(goTo.position, editor.state.doc.length);
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    editor.focus();
  }, [goTo]);

  return <div ref={place} className="editor" />;
}
