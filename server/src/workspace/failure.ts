import { t } from '@vscode/l10n';
function reasonOf(code: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return t('permission denied');
    case 'ENOENT':
      return t('no such file or folder');
    case 'ENOTDIR':
      return t('a part of the path is no folder');
    case 'ELOOP':
      return t('its symbolic links go in a circle');
    case 'ENAMETOOLONG':
      return t('the path is too long');
    case 'EMFILE':
    case 'ENFILE':
      return t('too many open files');
    case 'ENXIO':
      return t('it is neither a file nor a folder');
    case 'EIO':
      return t('input/output error');
    default:
      return code;
  }
}

/** Why the file system refused, in a few words for a person; without the path, which the caller shows. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return error.message;
  return reasonOf(code);
}
