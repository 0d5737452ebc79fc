/**
 * The script of a hostile page, of any origin: tries to read from and write to `target` in every way that the web
 * has. Resolves, when all attempts have come to an end, with what each could read: `{what, read}`.
 * @param {string} target an origin
 */
globalThis.attack = (target) => {
  /** @type {Promise<{what: string, read: string | null}>[]} */
  const attempts = [];
  /** A browser may say nothing at all about what it blocked. */
  const GIVE_UP_MS = 4_000;
  const attempt = (what, work) => {
    const silence = new Promise((resolve) => setTimeout(() => resolve(null), GIVE_UP_MS));
    attempts.push(
      Promise.race([work(), silence]).then(
        (read) => ({ what, read: read === '' ? null : read }),
        () => ({ what, read: null }),
      ),
    );
  };

  const reads = ['/health', '/bot/list', '/api/v1/status', '/api/v1/settings', '/api/v1/admin-token', '/'];
  for (const path of reads) {
    for (const mode of ['cors', 'no-cors', 'same-origin']) {
      for (const credentials of ['omit', 'include']) {
        attempt(`fetch ${mode} ${credentials} ${path}`, async () =>
          (await fetch(target + path, { mode, credentials })).text(),
        );
      }
    }
    attempt(`XMLHttpRequest ${path}`, () => {
      const request = new XMLHttpRequest();
      request.open('GET', target + path);
      return new Promise((resolve) => {
        request.onloadend = () => resolve(request.responseText);
        request.send();
      });
    });
  }

  const body = (name) => JSON.stringify({ name, account: 'you@localhost' });
  const create = `${target}/bot/create`;
  const form = new FormData();
  form.set('name', 'multipart');
  form.set('account', 'you@localhost');
  const bodies = [
    ['text/plain', body('plain'), 'text/plain'],
    ['application/json', body('json'), 'application/json'],
    ['no type', new Blob([body('blob')]), undefined],
    ['urlencoded', new URLSearchParams({ name: 'urlencoded', account: 'you@localhost' }), undefined],
    ['multipart', form, undefined],
  ];
  for (const mode of ['cors', 'no-cors', 'same-origin']) {
    for (const [kind, content, type] of bodies) {
      const headers = type === undefined ? {} : { 'content-type': type };
      attempt(`POST ${kind} ${mode}`, async () =>
        (await fetch(create, { method: 'POST', mode, body: content, headers })).text(),
      );
    }
    const others = [
      ['PUT', '/api/v1/settings/language', { value: 'de' }],
      ['PATCH', '/api/v1/accounts/you%40localhost', { enabled: false }],
      ['DELETE', '/api/v1/accounts/you%40localhost?with_bots=true', undefined],
      ['DELETE', '/bot/delete?id=1', undefined],
      ['POST', '/bot/token', { id: 1 }],
      ['POST', '/bot/settings', { language: 'de' }],
      ['POST', '/api/v1/admin-token/rotate', {}],
      ['POST', '/api/v1/panel/links', {}],
      ['POST', '/api/v1/panel/login', { code: 'guess' }],
    ];
    for (const [method, path, value] of others) {
      // Without a type of its own it needs no question beforehand, where the method needs none.
      for (const headers of [{}, { 'content-type': 'application/json' }]) {
        const content = value === undefined ? {} : { body: JSON.stringify(value), headers };
        attempt(`${method} ${mode} ${path}`, async () =>
          (await fetch(target + path, { method, mode, ...content })).text(),
        );
      }
    }
  }
  attempt('sendBeacon', async () => {
    navigator.sendBeacon(create, body('beacon'));
    navigator.sendBeacon(create, new Blob([body('beacon json')], { type: 'application/json' }));
    return null;
  });

  const loaded = (element) =>
    new Promise((resolve) => {
      element.onload = () => resolve();
      element.onerror = () => resolve();
      document.body.append(element);
    });
  const tag = (name, attributes) => Object.assign(document.createElement(name), attributes);
  for (const path of ['/bot/list', '/api/v1/status', '/']) {
    attempt(`script ${path}`, () => loaded(tag('script', { src: target + path })).then(() => null));
    attempt(`img ${path}`, async () => {
      const image = new Image();
      image.src = target + path;
      await loaded(image);
      return image.naturalWidth > 0 ? 'a picture' : null;
    });
    attempt(`stylesheet ${path}`, async () => {
      const link = tag('link', { rel: 'stylesheet', href: target + path });
      await loaded(link);
      return link.sheet && link.sheet.cssRules.length > 0 ? 'rules' : null;
    });
    attempt(`object ${path}`, () => loaded(tag('object', { data: target + path })).then(() => null));
    attempt(`iframe ${path}`, async () => {
      const frame = tag('iframe', { src: target + path });
      await loaded(frame);
      return frame.contentDocument?.body.innerText ?? null;
    });
    attempt(`import ${path}`, async () => JSON.stringify(await import(/* @vite-ignore */ target + path)));
  }

  attempt('EventSource', () => {
    const source = new EventSource(`${target}/api/v1/events`);
    return new Promise((resolve) => {
      source.onopen = () => resolve('a live stream');
      source.onerror = () => resolve(null);
    });
  });
  attempt('WebSocket', () => {
    const socket = new WebSocket(`${target.replace('http', 'ws')}/api/v1/events`);
    return new Promise((resolve) => {
      socket.onopen = () => resolve('a socket');
      socket.onerror = () => resolve(null);
    });
  });

  const submit = (method, enctype, fields, action = create) =>
    attempt(`form ${method} ${enctype} ${action}`, async () => {
      const name = `frame${attempts.length}`;
      const frame = tag('iframe', { name });
      document.body.append(frame);
      const sent = tag('form', { method, enctype, action, target: name });
      for (const [key, value] of Object.entries(fields)) sent.append(tag('input', { name: key, value }));
      document.body.append(sent);
      const answered = new Promise((resolve) => {
        frame.onload = () => resolve();
      });
      sent.submit();
      await answered;
      return frame.contentDocument?.body.innerText ?? null;
    });
  const fields = { name: 'form', account: 'you@localhost' };
  for (const enctype of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
    submit('POST', enctype, fields);
    submit('GET', enctype, fields);
  }
  // The trick that makes JSON out of a text/plain form.
  submit('POST', 'text/plain', { '{"name":"trick","account":"you@localhost","x":"': '"}' });
  submit('POST', 'text/plain', { '{"value":"de","x":"': '"}' }, `${target}/api/v1/settings/language`);
  submit('POST', 'text/plain', { '{"id":1,"x":"': '"}' }, `${target}/bot/token`);
  submit('GET', 'text/plain', { id: '1' }, `${target}/bot/delete`);

  return Promise.all(attempts);
};
