import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type CSSProperties, type ReactNode } from 'react';

import type { Visit } from '../history/model';
import { hasIcon, Icon } from '../ui/Icon';
import { durationText } from '../ui/Time';
import { useNow } from '../ui/useNow';
import { scaleOf, segmentsOf, type Scale } from './timeline';
import type { View } from './view';

const height = 30;

function depthOf(visit: Visit): number {
  let depth = 0;
  for (let each = visit.parent; each; each = each.parent) depth++;
  return depth;
}

function Row({ visit, scale, now, chosen, onChoose }: { visit: Visit; scale: Scale; now: number; chosen: boolean; onChoose: () => void }): ReactNode {
  const end = visit.exitedAt ?? now;
  const title = `${visit.name}, ${visit.status}, ${durationText(end - visit.enteredAt)}`;
  return (
    <button type="button" className="lane" aria-pressed={chosen} onClick={onChoose}>
      <span className="lane-name" style={{ paddingLeft: 12 + depthOf(visit) * 14 }}>
        <span className={`box-icon of-${visit.type}`}>{hasIcon(visit.type) && <Icon name={visit.type} size={12} />}</span>
        <span className="truncate">{visit.name}</span>
        {visit.iteration !== null && <span className="muted number">[{visit.iteration}]</span>}
      </span>
      <span className="lane-track" title={title}>
        {segmentsOf(visit, now).map((segment) => {
          const box: CSSProperties = {
            left: `${scale.share(segment.from) * 100}%`,
            width: `max(3px, ${(scale.share(segment.to) - scale.share(segment.from)) * 100}%)`,
          };
          return <i key={`${segment.kind}${segment.from}`} className={`seg seg-${segment.kind} mark-${segment.status}`} style={box} title={segment.title} />;
        })}
        <span className="lane-time number" style={{ left: `${scale.share(end) * 100}%` }}>
          <span className="hidden">{visit.status}</span>
          {durationText(end - visit.enteredAt)}
        </span>
      </span>
    </button>
  );
}

/** States over time: a bar for each stay, attempts and the waits between them within it. */
export function TimelinePane({ view }: { view: View }): ReactNode {
  const { model } = view;
  const ticking = view.at === null && model.status === 'RUNNING';
  const clock = useNow(ticking, 100);
  const last = model.events.at(-1)?.timestamp ?? model.startedAt;
  const now = model.endedAt ?? (ticking ? Math.max(clock, last) : last);
  const scale = scaleOf(model.startedAt, now);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: model.visits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
  });
  return (
    <div className="timeline">
      <div className="lane lane-head" aria-hidden="true">
        <span className="lane-name">State</span>
        <span className="lane-track">
          {scale.ticks.map((tick) => (
            <span key={tick} className="tick number" style={{ left: `${scale.share(model.startedAt + tick) * 100}%` }}>
              {durationText(tick)}
            </span>
          ))}
        </span>
      </div>
      <div className="timeline-scroll" ref={scroller} tabIndex={0} role="group" aria-label="Timeline">
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((line) => {
            const visit = model.visits[line.index];
            if (!visit) return null;
            return (
              <div key={visit.id} style={{ position: 'absolute', top: line.start, left: 0, right: 0, height }}>
                <Row
                  visit={visit}
                  scale={scale}
                  now={now}
                  chosen={visit.id === view.visit?.id}
                  onChoose={() => view.select(visit)}
                />
              </div>
            );
          })}
        </div>
      </div>
      <div className="legend" aria-hidden="true">
        <span>
          <i className="seg seg-attempt mark-succeeded" /> at work
        </span>
        <span>
          <i className="seg seg-queue mark-running" /> scheduled, not begun
        </span>
        <span>
          <i className="seg seg-pause" /> waits for the next attempt
        </span>
        <span>
          <i className="seg seg-attempt mark-failed" /> failed
        </span>
      </div>
    </div>
  );
}
