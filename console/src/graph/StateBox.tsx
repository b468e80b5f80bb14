import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo, type ReactNode } from 'react';

import { hasIcon, Icon } from '../ui/Icon';
import type { Marks } from './look';
import type { GraphNode } from './model';

export interface StateData extends Record<string, unknown> {
  node: GraphNode;
  marks: Marks | null;
}

type Props = NodeProps<Node<StateData>>;

function Handles(): ReactNode {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

function classes(base: string, { data, selected }: Props): string {
  const { node, marks } = data;
  return [base, `of-${node.type}`, marks ? `mark-${marks.status}` : '', selected ? 'chosen' : ''].filter(Boolean).join(' ');
}

function Title({ data }: { data: StateData }): ReactNode {
  const { node, marks } = data;
  return (
    <>
      <span className="box-icon">{hasIcon(node.type) && <Icon name={node.type} size={15} />}</span>
      <div className="box-text">
        <div className="box-name truncate" title={node.name}>
          {node.name}
        </div>
        <div className="box-detail truncate">{node.detail || node.type}</div>
      </div>
      {marks && <div className="hidden">{marks.status}</div>}
      {marks?.count && <div className="box-count number">{marks.count}</div>}
    </>
  );
}

const StateBox = memo((props: Props) => (
  <div className={classes('box', props)}>
    <Handles />
    <Title data={props.data} />
  </div>
));

const Container = memo((props: Props) => (
  <div className={classes('box-container', props)}>
    <Handles />
    <div className="box-container-head">
      <Title data={props.data} />
    </div>
  </div>
));

const Branch = memo(() => (
  <div className="box-branch">
    <Handles />
  </div>
));

const Start = memo(() => (
  <div className="box-start">
    <Handles />
  </div>
));

const End = memo(() => (
  <div className="box-end">
    <Handles />
  </div>
));

export const nodeTypes = { state: StateBox, container: Container, branch: Branch, start: Start, end: End };
