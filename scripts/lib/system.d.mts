/** The full path of a program, or undefined. */
export function findBinary(name: string): string | undefined;

/** Names of the packages that some of these groups need and that this machine lacks; groups: system-packages.json. */
export function missingPackages(groups: readonly string[]): string[];

/** A shell command for root that installs them. */
export function installCommand(names: readonly string[]): string;

/** Installs what is missing as root; throws a `Problem` that says what to do where that cannot be. */
export function ensureSystemPackages(groups: readonly string[]): void;
