import type { MarksByState } from '../graph/look';
import type { HistoryModel } from '../history/model';

const short = new Intl.NumberFormat('en', { notation: 'compact' });

/** How each state of the graph looks, of all its visits together. */
export function marksOf(model: HistoryModel): MarksByState {
  return new Map(
    [...model.tallies].map(([name, tally]) => {
      const all = tally.running + tally.succeeded + tally.failed + tally.caught + tally.aborted;
      const done = tally.succeeded + tally.caught;
      return [name, { status: tally.latest, count: all > 1 ? `${short.format(done)}/${short.format(all)}` : '' }];
    }),
  );
}
