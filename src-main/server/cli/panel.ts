import { Refused, type Verb } from './verb.ts';

export const panelVerbs: Record<string, Verb> = {
  panel: {
    usage: 'panel',
    summary: 'Print an address that opens the panel in a browser, once',
    words: [0, 0],
    async run({ api, print }) {
      const client = await api();
      if (!client.isRunning)
        throw new Refused('No engine runs on this data folder. Start it first: botmother serve');
      const { url } = await client.call<{ url: string }>('POST', '/api/v1/panel/links');
      print({ url }, url);
      return 0;
    },
  },
};
