import { queryOptions } from '@tanstack/react-query';
import type { ChatMessage } from '../../src-shared/client/types.ts';
import { ApiProblem, engine } from '../client.ts';
import { currentSession } from '../session.ts';
import type { ChatKey } from './chats.ts';

/** The bytes of a file under the address of its message: fetched with the session, and shown from memory. */
export async function fileBytes(path: string, signal: AbortSignal): Promise<Blob> {
  const answer = await engine.send({ method: 'GET', path, accept: '*/*' }, { signal });
  return answer.blob();
}

const FIVE_MINUTES_MS = 300_000;

/** A picture. Its bytes are let go of when nobody has looked at it for a while. */
export const pictureQuery = (path: string) =>
  queryOptions({
    queryKey: ['chat-file', path],
    queryFn: ({ signal }) => fileBytes(path, signal),
    gcTime: FIVE_MINUTES_MS,
    structuralSharing: false,
  });

/** Saves bytes as a file of the person's. */
export function save(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the address by the next task; until then it has to be good.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

interface Upload {
  file: File;
  caption: string;
  /** Sent again with the same key it goes once. */
  key: string;
  language: string;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a file into a conversation. `XMLHttpRequest`, because `fetch` does not tell how much has gone. */
export function sendFile(
  { account, jid }: ChatKey,
  { file, caption, key, language, onProgress, signal }: Upload,
): Promise<ChatMessage> {
  const request = new XMLHttpRequest();
  request.open('POST', `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}/files`);
  request.responseType = 'json';
  request.setRequestHeader('accept', 'application/json');
  request.setRequestHeader('accept-language', language);
  request.setRequestHeader('idempotency-key', key);
  const session = currentSession();
  if (session !== undefined) request.setRequestHeader('authorization', `Bearer ${session}`);
  const form = new FormData();
  if (caption !== '') form.append('caption', caption);
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.onerror = () => reject(new ApiProblem('unreachable', 'POST …/files'));
    request.onload = () => {
      const answer = request.response as {
        result?: ChatMessage;
        description?: string;
        error?: string;
      } | null;
      if (request.status === 200 && answer?.result) resolve(answer.result);
      else if (answer?.description) reject(new ApiProblem('refused', answer.description, answer.error));
      else reject(new ApiProblem('broken', `POST …/files: ${request.status}`));
    };
    request.send(form);
  });
}
