import path from 'node:path';

export const root = path.dirname(import.meta.dirname);

/** What can be made again at any time. */
export const cacheDir = path.join(root, '.cache');
export const logsDir = path.join(cacheDir, 'logs');
export const motoDir = path.join(cacheDir, 'moto');
