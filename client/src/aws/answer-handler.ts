import { HttpResponse } from '@smithy/core/protocols';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { assertFormat, type AnswerFormat } from './unexpected-answer.ts';

/**
 * The SDK's connection to AWS, but that an answer is handed on as a whole, after it was found to be in the service's
 * format, and in a turn of its own. Several clients share the connection.
 */
export function answerHandler(
  connection: NodeHttpHandler,
  format: AnswerFormat,
  turn: () => Promise<void>,
): Pick<
  NodeHttpHandler,
  'handle' | 'metadata' | 'destroy' | 'updateHttpClientConfig' | 'httpHandlerConfigs'
> {
  return {
    metadata: connection.metadata,
    async handle(request, options = {}) {
      const { response } = await connection.handle(request, options);
      const body = await collect(response.body, options.abortSignal);
      assertFormat(body, response.statusCode, format);
      await turn();
      const { statusCode, headers } = response;
      return { response: new HttpResponse({ statusCode, headers, body }) };
    },
    // Each client would otherwise set up, or close, what it shares with others.
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => connection.httpHandlerConfigs(),
    destroy: () => undefined,
  };
}

type AbortSignalLike = NonNullable<NonNullable<Parameters<NodeHttpHandler['handle']>[1]>['abortSignal']>;

async function collect(stream: AsyncIterable<Uint8Array>, signal?: AbortSignalLike): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    // The connection ended because of the signal, which the stream does not know.
    throw signal?.aborted ? Object.assign(new Error('Request aborted'), { name: 'AbortError' }) : error;
  }
  return Buffer.concat(chunks);
}
