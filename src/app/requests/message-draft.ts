import { schema, validate } from '@angular/forms/signals';
import { MAX_MESSAGE } from '../../../domain/message';

export interface MessageDraft {
  readonly text: string;
}

/** So many characters before the limit they begin to be counted. */
const NEAR = 200;

// By `validate`, not `maxLength`: that would cut off what is pasted without a word.
export const messageDraftSchema = schema<MessageDraft>((path) => {
  validate(path.text, ({ value }) =>
    value().trim().length <= MAX_MESSAGE
      ? undefined
      : {
          kind: 'tooLong',
          message: $localize`:@@message.tooLong:Use at most ${MAX_MESSAGE}:count: characters.`,
        },
  );
});

/** "1840 / 2000" near the limit; nothing far from it. */
export function countWords(text: string): string | undefined {
  const { length } = text.trim();
  return length > MAX_MESSAGE - NEAR ? `${length} / ${MAX_MESSAGE}` : undefined;
}
