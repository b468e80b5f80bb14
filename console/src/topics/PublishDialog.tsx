import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { publish, type Message } from '../api/messaging';
import { Dialog } from '../ui/Dialog';
import { ErrorBox } from '../ui/ErrorBox';
import { Field } from '../ui/Field';

export function PublishDialog({ arn, onClose }: { arn: string; onClose: () => void }): ReactNode {
  const [message, setMessage] = useState<Message>({ Message: '' });
  const sent = useMutation({ mutationFn: () => publish(arn, message) });
  const field = (name: keyof Message): ReactNode => (
    <input className="input" value={message[name] ?? ''} onChange={(event) => setMessage({ ...message, [name]: event.target.value })} />
  );
  return (
    <Dialog title="Publish a message" submit="Publish" busy={sent.isPending} onSubmit={() => sent.mutate()} onClose={onClose}>
      <Field label="Message">
        <textarea
          className="input message-text"
          required
          spellCheck={false}
          value={message.Message}
          onChange={(event) => setMessage({ ...message, Message: event.target.value })}
        />
      </Field>
      <Field label="Subject" hint="Where it goes by e-mail">
        {field('Subject')}
      </Field>
      {arn.endsWith('.fifo') && (
        <>
          <Field label="Message group">{field('MessageGroupId')}</Field>
          <Field label="Deduplication ID" hint="Not needed where the topic goes by the content">
            {field('MessageDeduplicationId')}
          </Field>
        </>
      )}
      {sent.error && <ErrorBox error={sent.error} />}
      {sent.data && (
        <p role="status">
          Published as <span className="mono">{sent.data}</span>
        </p>
      )}
    </Dialog>
  );
}
