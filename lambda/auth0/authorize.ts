import { RequestRefusedError } from './errors';
import type { Exchange } from './exchange';
import type { TokenHolder } from './token';
import type { Transport } from './transport';

/** Makes an exchange with a token that the tenant accepts. */
export type Authorized = <T>(exchange: Exchange<T>) => Promise<T>;

/**
 * Sends the exchange with the token. If the tenant refuses the token, requests another token one time and repeats the
 * exchange. An exchange with `once` is not repeated here: the caller's next attempt starts with the new token.
 */
export function authorize(transport: Transport, tokens: TokenHolder): Authorized {
  const send = <T>(exchange: Exchange<T>, token: string) => {
    const headers = { ...exchange.headers, Authorization: `Bearer ${token}` };
    return transport.exchange({ ...exchange, headers, secrets: [...exchange.secrets, token] });
  };
  return async (exchange) => {
    const token = await tokens.get(transport);
    try {
      return await send(exchange, token.value);
    } catch (error) {
      if (!(error instanceof RequestRefusedError) || error.status !== 401) throw error;
      tokens.drop(token.value);
      if (exchange.once === true) throw error;
      return send(exchange, (await tokens.get(transport)).value);
    }
  };
}
