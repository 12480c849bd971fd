import { t } from '@vscode/l10n';
import { logFormatFields } from '../aws/log-format-fields.ts';
import { protocolKeyword, usualService } from './protocols.ts';
import type { RecordValue } from './record-line.ts';

/** What a value of a record says, in sentences; first what it is in words, then what its field means. */
export function explainValue({ field, value }: Pick<RecordValue, 'field' | 'value'>): readonly string[] {
  const known = logFormatFields.find(({ name }) => name === field);
  const meaning =
    known === undefined
      ? t('{0}: a field that this release does not know', field)
      : `${field}: ${t(known.meaning)} (${t('since version {0} of the format', known.version)})`;
  const reading = value === undefined ? undefined : readValue(field, value);
  return reading === undefined ? [meaning] : [reading, meaning];
}

/** The value in words; undefined where it speaks for itself. */
function readValue(field: string, value: string): string | undefined {
  if (value === '-') return t('No value: the field does not apply here, or could not be computed.');
  switch (field) {
    case 'start':
    case 'end':
      return readTime(value);
    case 'protocol':
      return named(value, protocolKeyword);
    case 'srcport':
    case 'dstport':
      return named(value, usualService);
    case 'tcp-flags':
      return readTcpFlags(value);
    case 'bytes':
      return readBytes(value);
    case 'traffic-path':
      return readTrafficPath(value);
    case 'action':
      return readAction(value);
    case 'log-status':
      return readLogStatus(value);
    default:
      return undefined;
  }
}

/** Unix seconds, as UTC: the records of one file come from one region, its readers may not. */
function readTime(value: string): string | undefined {
  if (!/^\d{1,11}$/.test(value)) return undefined;
  const iso = new Date(Number(value) * 1000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

function named(value: string, nameOf: (number: number) => string | undefined): string | undefined {
  const name = /^\d{1,5}$/.test(value) ? nameOf(Number(value)) : undefined;
  return name === undefined ? undefined : `${value}: ${name}`;
}

// https://www.rfc-editor.org/rfc/rfc9293#section-3.1
const tcpFlags = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

/** Several flags of one interval are one mask. */
function readTcpFlags(value: string): string | undefined {
  if (!/^\d{1,3}$/.test(value) || Number(value) > 255) return undefined;
  const set = tcpFlags.filter((_, bit) => (Number(value) & (1 << bit)) !== 0);
  return set.length === 0
    ? t('{0}: none of the flags that are recorded', value)
    : `${value}: ${set.join(' + ')}`;
}

function readBytes(value: string): string | undefined {
  if (!/^\d{4,15}$/.test(value)) return undefined;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let amount = Number(value) / 1000;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${amount.toFixed(1)} ${units[unit]}`;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html#flow-logs-fields */
function readTrafficPath(value: string): string | undefined {
  switch (value) {
    case '1':
      return t('Through another resource in the same VPC');
    case '2':
      return t('Through an internet gateway or a gateway VPC endpoint');
    case '3':
      return t('Through a virtual private gateway');
    case '4':
      return t('Through a VPC peering connection within the region');
    case '5':
      return t('Through a VPC peering connection between regions');
    case '6':
      return t('Through a local gateway');
    case '7':
      return t('Through a gateway VPC endpoint');
    case '8':
      return t('Through an internet gateway');
    default:
      return undefined;
  }
}

function readAction(value: string): string | undefined {
  if (value === 'ACCEPT') return t('Security groups and network ACLs let it pass.');
  return value === 'REJECT' ? t('A security group or a network ACL stopped it.') : undefined;
}

function readLogStatus(value: string): string | undefined {
  switch (value) {
    case 'OK':
      return t('Recorded as it should be.');
    case 'NODATA':
      return t('There was no traffic to or from the interface in this interval.');
    case 'SKIPDATA':
      return t('Records are missing in this interval, because of an error or too much to record.');
    default:
      return undefined;
  }
}
