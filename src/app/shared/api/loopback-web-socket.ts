/** The AppSync client asks for wss whatever the endpoint is; a gateway on this machine speaks plain ws. */
export const plainOnLoopback = (address: string): string =>
  address.replace(/^wss:\/\/(localhost|127\.0\.0\.1|\[::1\])(?=[:/])/, 'ws://$1');

/** Replaces the page's WebSocket by one that speaks plain ws to this machine, and is the same to everybody else. */
export function speakPlainToLoopback(): void {
  globalThis.WebSocket = class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(plainOnLoopback(String(address)), protocols);
    }
  };
}
