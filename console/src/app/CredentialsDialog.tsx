import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { credentials, setCredentials } from '../api/credentials';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';

export function CredentialsDialog({ onClose }: { onClose: () => void }): ReactNode {
  const now = credentials();
  const [accessKey, setAccessKey] = useState(now?.accessKey ?? '');
  const [secretKey, setSecretKey] = useState('');
  const [sessionToken, setSessionToken] = useState('');
  const queries = useQueryClient();

  function submit(): void {
    setCredentials({ accessKey: accessKey.trim(), secretKey: secretKey.trim(), sessionToken: sessionToken.trim() });
    void queries.resetQueries();
    onClose();
  }

  return (
    <Dialog title="Access key" narrow submit="Sign in" onSubmit={submit} onClose={onClose}>
      <p className="muted">
        This server answers signed requests only. They are signed here; the key stays in this tab and is forgotten with it.
      </p>
      <Field label="Access key ID">
        <input className="input" required autoComplete="off" value={accessKey} onChange={(event) => setAccessKey(event.target.value)} />
      </Field>
      <Field label="Secret access key">
        <input
          className="input"
          type="password"
          required
          autoComplete="off"
          value={secretKey}
          onChange={(event) => setSecretKey(event.target.value)}
        />
      </Field>
      <Field label="Session token" hint="Of a temporary key only">
        <input className="input" autoComplete="off" value={sessionToken} onChange={(event) => setSessionToken(event.target.value)} />
      </Field>
    </Dialog>
  );
}
