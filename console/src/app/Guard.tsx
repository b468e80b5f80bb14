import { Component, type ReactNode } from 'react';

import { asError } from '../api/errors';
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
    return { error: asError(error) };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <Page title="This page cannot be shown" error={this.state.error}>
        <p>The server may be gone, or another version of it runs by now.</p>
        <div>
          <Button look="primary" icon="redrive" onClick={() => location.reload()}>
            Load it again
          </Button>
        </div>
      </Page>
    );
  }
}
