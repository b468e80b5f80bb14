import { Component, type ReactNode } from 'react';

import { asError, NoAnswer } from '../api/errors';
import { Button } from '../ui/Button';
import { Page } from '../ui/Page';

interface Props {
  children: ReactNode;
}

interface State {
  error: Error | null;
}

/** A page that cannot be shown, because its code does not come or is wrong, leaves the others in reach. */
export class Guard extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    // Code that does not come is told as a TypeError, which is a mistake of this code otherwise.
    const missing = error instanceof TypeError && error.message.includes('dynamically imported module');
    return { error: missing ? new NoAnswer(error) : asError(error) };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <Page title="This page cannot be shown" error={this.state.error}>
        <p>Another version of the server may run by now, which brings another console.</p>
        <div>
          <Button look="primary" icon="redrive" onClick={() => location.reload()}>
            Load it again
          </Button>
        </div>
      </Page>
    );
  }
}
