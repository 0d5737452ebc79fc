/** A number as there is room for it; what those hear who cannot see it is the same. */
export const badgeCount = (count: number): string => (count > 99 ? '99+' : String(count));
