import type { MessageRow } from '../store/setup-office';

/** What became of a text, as one says it. */
export function inWords({ direction, status, reason, errorCode }: MessageRow): string {
  const why = [reason, errorCode === null ? null : `error ${errorCode}`].filter(Boolean).join(', ');
  if (direction === 'in') return status === 'received' ? 'received' : `could not be handled${why && ` (${why})`}`;
  switch (status) {
    case 'queued':
      return reason ? `waiting, tried before (${reason})` : 'waiting to be sent';
    case 'sending':
      return 'handed over, the answer is awaited';
    case 'sent':
      return 'sent, not yet confirmed by the carrier';
    case 'delivered':
      return 'delivered';
    case 'undelivered':
      return `did not reach the phone${why && ` (${why})`}`;
    case 'skipped':
      return `not sent${why && ` (${why})`}`;
    default:
      return `failed${why && ` (${why})`}`;
  }
}

/** "2 segments, 0.0515 USD"; one segment goes without saying, and the price where the provider told it. */
export function tollInWords({ direction, segments, costMicros, currency }: MessageRow): string {
  if (direction === 'in') return '';
  const parts = [
    segments !== null && segments > 1 && `${segments} segments`,
    costMicros !== null && `${Number((costMicros / 1_000_000).toFixed(5))} ${currency}`,
  ];
  return parts.filter(Boolean).join(', ');
}
