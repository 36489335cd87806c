import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { dated, recorded, TOKEN } from './recorded';

const API = '*/api/v1/*';

/** The admin API on recorded answers; like the real one it lets nobody in without the token. */
export const server = setupServer(
  http.all(API, ({ request }) => {
    if (request.headers.get('Authorization') !== `Bearer ${TOKEN}`) {
      return problem(401, 'Unauthorized', 'Send the admin token.');
    }
    const { status, body } = recorded(request.method, new URL(request.url), Date.now());
    return HttpResponse.json(body as JsonBodyType, { status });
  }),
);

export function problem(status: number, title: string, detail: string, errors: object[] = []) {
  return HttpResponse.json(
    { title, status, detail, code: 'recorded', errors },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
}

/** From now on `path` answers this. */
export function answer(path: string, body: JsonBodyType) {
  server.use(http.get(`*/api/v1/${path}`, () => HttpResponse.json(dated(body, Date.now()) as JsonBodyType)));
}

/** From now on everything answers this problem. */
export function refuseAll(status: number, title: string, detail: string, errors: object[] = []) {
  server.use(http.all(API, () => problem(status, title, detail, errors)));
}

/** From now on nothing answers at all. */
export function cutOff() {
  server.use(http.all(API, () => HttpResponse.error()));
}

/** Counts calls of a path that go on being answered as before. */
export function countCalls(path: string): () => number {
  let calls = 0;
  server.use(
    http.all(`*/api/v1/${path}`, () => {
      calls += 1;
    }),
  );
  return () => calls;
}
