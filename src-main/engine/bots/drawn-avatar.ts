import { createHash } from 'node:crypto';
import { type AvatarImage, rasterized } from './avatar-image.ts';

const EYES = [
  '<circle cx="98" cy="132" r="14"/><circle cx="158" cy="132" r="14"/>',
  '<rect x="84" y="120" width="28" height="24" rx="6"/><rect x="144" y="120" width="28" height="24" rx="6"/>',
  '<rect x="80" y="122" width="96" height="22" rx="11"/>',
] as const;
const MOUTHS = [
  '<rect x="98" y="168" width="60" height="10" rx="5"/>',
  '<path d="M96 164 Q128 196 160 164 L160 172 Q128 206 96 172 Z"/>',
  '<rect x="98" y="166" width="12" height="14"/><rect x="122" y="166" width="12" height="14"/><rect x="146" y="166" width="12" height="14"/>',
] as const;
const ANTENNAS = [
  '<rect x="123" y="52" width="10" height="34"/><circle cx="128" cy="48" r="14"/>',
  '<rect x="90" y="54" width="10" height="32"/><rect x="156" y="54" width="10" height="32"/>',
  '<path d="M100 86 L128 44 L156 86 Z"/>',
] as const;

/**
 * The picture of a bot that was given none: a robot's face, colour and features chosen by the name. The same name has the
 * same face everywhere. No letters: they would look different, or be missing, with the fonts of each machine.
 */
export const drawAvatar = (name: string): Promise<AvatarImage> => rasterized(faceOf(name));

function faceOf(name: string): string {
  const digest = createHash('sha256').update(name.normalize('NFC')).digest();
  const pick = <T>(from: readonly T[], at: number): T => from[digest.readUInt8(at) % from.length] as T;
  const hue = Math.round((digest.readUInt16BE(0) / 65_536) * 360);
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256">',
    `<rect width="256" height="256" fill="hsl(${hue} 45% 42%)"/>`,
    `<g fill="#fff">${pick(ANTENNAS, 2)}<rect x="52" y="84" width="152" height="120" rx="28"/></g>`,
    `<g fill="hsl(${hue} 55% 26%)">${pick(EYES, 3)}${pick(MOUTHS, 4)}</g>`,
    '</svg>',
  ].join('');
}
