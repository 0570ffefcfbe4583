import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../../testing/fake-clients';
import { ADA, NOW, inHours, message, request } from '../../testing/samples';
import { openPage } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { ApiError } from '../shared/api/api-error';
import { ProgressStore } from '../shared/api/progress-store';
import { ServerClock } from '../shared/time/server-clock';
import { RequestPage } from './request-page';

const GATHERED_MS = 200;
const FIELD = 'Message to Ben Okafor';

describe('the conversation about a request', () => {
  let backend: FakeBackend;

  beforeEach(() => {
    backend = new FakeBackend();
    backend.requests.requests = [request()];
    backend.messages.messages = [
      message({ id: 'm1', text: 'Shall I bring a chain?' }),
      message({ id: 'm2', authorId: ADA, text: 'Please do.', at: inHours(-0.25) }),
    ];
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const open = async (): Promise<Screen> => {
    const screen = await openPage(RequestPage, backend, {
      path: 'requests/:requestId',
      url: '/requests/request-1',
    });
    TestBed.inject(ServerClock).learn(NOW);
    await screen.settle();
    return screen;
  };
  const log = (): HTMLElement => {
    const found = document.querySelector<HTMLElement>('[role=log]');
    if (!found) throw new Error('There is no log');
    return found;
  };
  const said = (): string[] =>
    [...log().querySelectorAll('.text')].map((line) => line.textContent.replace(/\s+/g, ' ').trim());
  const pressEnter = async (screen: Screen, given: KeyboardEventInit = {}): Promise<KeyboardEvent> => {
    const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, bubbles: true, ...given });
    screen.field(FIELD).dispatchEvent(event);
    await screen.settle();
    return event;
  };
  const hinted = async (screen: Screen, requestId = 'request-1'): Promise<void> => {
    TestBed.inject(ProgressStore).tell({ kind: 'MESSAGE', requestId, revision: undefined });
    await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
    await screen.settle();
  };

  it('says who said what, oldest first, in a log that is read out politely', async () => {
    await open();

    expect(said()).toEqual(['Ben Okafor: Shall I bring a chain?', 'You: Please do.']);
    expect(log().getAttribute('aria-live')).toBe('polite');
    expect(log().querySelectorAll('.mine')).toHaveLength(1);
  });

  it('is divided into days, by words where there are some', async () => {
    backend.messages.messages = [
      message({ id: 'm1', at: '2026-11-20T10:00:00.000Z' }),
      message({ id: 'm2', at: inHours(-24) }),
      message({ id: 'm3', at: inHours(-1) }),
    ];
    await open();

    const days = [...log().querySelectorAll('h3')].map((day) => day.textContent);
    expect(days).toEqual([expect.stringMatching(/20 Nov 2026/), 'Yesterday', 'Today']);
  });

  it('begins with an invitation', async () => {
    backend.messages.messages = [];
    const screen = await open();

    expect(screen.text).toContain('Nothing said yet.');
  });

  it('sends what is written, without the blanks around it, and empties the field', async () => {
    const screen = await open();
    await screen.type(FIELD, '  Thursday at six?  ');
    await screen.press('Send');

    const [sent] = backend.messages.posted;
    expect(sent).toMatchObject({ requestId: 'request-1', text: 'Thursday at six?' });
    expect(sent?.messageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(said().at(-1)).toBe('You: Thursday at six?');
    expect(screen.field(FIELD).value).toBe('');
  });

  it('shows a message at once while it is on its way', async () => {
    const screen = await open();
    backend.messages.slow = true;
    await screen.type(FIELD, 'On my way');
    await screen.press('Send');

    expect(said().at(-1)).toBe('You: On my way');
    expect(log().textContent).toContain('Sending…');

    backend.messages.arrive();
    await screen.settle();
    expect(log().textContent).not.toContain('Sending…');
    expect(said()).toHaveLength(3);
  });

  it('sends messages one after the other, in the order in which they were written', async () => {
    const screen = await open();
    backend.messages.slow = true;
    await screen.type(FIELD, 'One');
    await screen.press('Send');
    await screen.type(FIELD, 'Two');
    await screen.press('Send');
    expect(backend.messages.posted.map(({ text }) => text)).toEqual(['One']);

    backend.messages.arrive();
    await screen.settle();

    expect(backend.messages.posted.map(({ text }) => text)).toEqual(['One', 'Two']);
  });

  it('says why a message was not sent, and sends it again under the same id', async () => {
    const screen = await open();
    backend.messages.refusal = new ApiError('OFFLINE');
    await screen.type(FIELD, 'On my way');
    await screen.press('Send');
    expect(log().textContent).toContain('Not sent. You are offline.');

    backend.messages.refusal = undefined;
    await screen.press('Send again');

    const [first, second] = backend.messages.posted;
    expect(second).toEqual(first);
    expect(log().textContent).not.toContain('Not sent.');
    expect(said().filter((line) => line === 'You: On my way')).toHaveLength(1);
  });

  it('forgets a message that was not sent, if so wished', async () => {
    const screen = await open();
    backend.messages.refusal = new ApiError('NOT_FOUND');
    await screen.type(FIELD, 'On my way');
    await screen.press('Send');
    await screen.press('Discard');

    expect(said()).toHaveLength(2);
  });

  it.each(['', '   '])('sends nothing for "%s"', async (text) => {
    const screen = await open();
    await screen.type(FIELD, text);
    await screen.press('Send');

    expect(backend.messages.posted).toEqual([]);
  });

  it('counts near the limit, takes exactly as much, and refuses one character more', async () => {
    const screen = await open();
    await screen.type(FIELD, 'x'.repeat(1800));
    expect(screen.text).not.toContain('/ 2000');

    await screen.type(FIELD, 'x'.repeat(2001));
    expect(screen.text).toContain('Use at most 2000 characters. 2001 / 2000');
    await screen.press('Send');
    expect(backend.messages.posted).toEqual([]);

    await screen.type(FIELD, 'x'.repeat(2000));
    expect(screen.text).toContain('2000 / 2000');
    await screen.press('Send');
    expect(backend.messages.posted).toHaveLength(1);
  });

  describe('by the keyboard', () => {
    const pointer = (kind: 'coarse' | 'fine'): void => {
      vi.spyOn(window, 'matchMedia').mockImplementation(
        (query) => ({ matches: query === `(pointer: ${kind})` }) as MediaQueryList,
      );
    };

    it('is sent by Enter', async () => {
      pointer('fine');
      const screen = await open();
      await screen.type(FIELD, 'By key');
      const event = await pressEnter(screen);

      expect(backend.messages.posted).toHaveLength(1);
      expect(event.defaultPrevented).toBe(true);
    });

    it.each([{ shiftKey: true }, { isComposing: true }])('is not sent with %o', async (given) => {
      pointer('fine');
      const screen = await open();
      await screen.type(FIELD, 'Two lines');
      const event = await pressEnter(screen, given);

      expect(backend.messages.posted).toEqual([]);
      expect(event.defaultPrevented).toBe(false);
    });

    it('begins a new line on a phone', async () => {
      pointer('coarse');
      const screen = await open();
      await screen.type(FIELD, 'Two lines');
      await pressEnter(screen);

      expect(backend.messages.posted).toEqual([]);
    });
  });

  it('hears of what the other says', async () => {
    const screen = await open();
    backend.messages.messages.push(message({ id: 'm3', text: 'See you then.' }));
    await hinted(screen);

    expect(said().at(-1)).toBe('Ben Okafor: See you then.');
  });

  it('does not read again for another request', async () => {
    const screen = await open();
    backend.messages.messages.push(message({ id: 'm3', text: 'See you then.' }));
    await hinted(screen, 'request-2');

    expect(said()).toHaveLength(2);
  });

  it('shows what was said before when asked, above and without reading it out', async () => {
    backend.messages.messages = ['one', 'two', 'three', 'four'].map((text, index) =>
      message({ id: text, text, at: inHours(index - 5) }),
    );
    const screen = await open();
    expect(said()).toHaveLength(3);
    let live: string | null = '';
    const observed = new MutationObserver(() => (live = log().getAttribute('aria-live')));
    observed.observe(log(), { childList: true, subtree: true });

    await screen.press('Earlier messages');

    observed.disconnect();
    expect(said()[0]).toBe('Ben Okafor: one');
    expect(said()).toHaveLength(4);
    expect(live).toBe('off');
    await vi.waitFor(() => {
      expect(log().getAttribute('aria-live')).toBe('polite');
    }, 3_000);
    expect(screen.buttons).not.toContain('Earlier messages');
  });

  it('says what went wrong, and tries again', async () => {
    backend.messages.failure = new ApiError('UNEXPECTED');
    const screen = await open();
    expect(screen.announced.join()).toContain('Something went wrong on our side.');

    backend.messages.failure = undefined;
    await screen.press('Try again');

    expect(said()).toHaveLength(2);
  });
});
