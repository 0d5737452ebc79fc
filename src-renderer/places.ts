import { BotIcon, ChatIcon, GearIcon, PulseIcon } from './ui/icons.tsx';

/** The places of the window, in the order of the rail; the first letter of a path says which one is open. */
export const PLACES = [
  { name: 'chats', path: '/chats', Icon: ChatIcon, keys: 'mod+1' },
  { name: 'bots', path: '/bots', Icon: BotIcon, keys: 'mod+2' },
  { name: 'health', path: '/health', Icon: PulseIcon, keys: 'mod+3' },
  { name: 'settings', path: '/settings', Icon: GearIcon, keys: 'mod+4' },
] as const;
export type PlaceName = (typeof PLACES)[number]['name'];

export { BASE, paths } from './paths.ts';
