/** Whether nobody listens on this port of the loopback addresses. */
export function isPortFree(port: number): Promise<boolean>;
/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number>;
/** Several of them, all different. */
export function freePorts(count: number): Promise<number[]>;
/** Who listens on a port; undefined when nobody does or when it cannot be seen. */
export function portHolder(port: number): { pid: number; command: string } | undefined;
/** "process 4711 (node server.js)", or "another program" when it cannot be seen. */
export function describeHolder(port: number): string;
/** What a process was started with, shortened; empty when it is gone. */
export function commandLine(pid: number): string;
