import { AwsServiceError } from '../gateway/aws-service.ts';

/** Offsets, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The one range that a `Range` header asks for; undefined for what means the whole: several ranges, or none that is
 * understood. Throws AwsServiceError `InvalidRange` for one that begins after the end.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  if (start >= size || (first === '' && Number(last) === 0))
    throw new AwsServiceError('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested: header,
      ActualObjectSize: size,
    });
  return { start, end: first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}
