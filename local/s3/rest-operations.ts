/** Names of an operation's input members, by the header or query parameter that carries them. */
type Names = Readonly<Record<string, string>>;

/** How one operation looks over HTTP. */
export interface RestOperation {
  readonly operation: string;
  readonly method: string;
  readonly on: 'bucket' | 'object';
  /** Only with this header, or this query parameter of this value. */
  readonly withHeader?: string;
  readonly withQuery?: readonly [name: string, value: string];
  readonly headers?: Names;
  readonly query?: Names;
  /** Whether `x-amz-meta-...` belongs to it. */
  readonly hasMetadata?: true;
  readonly hasBody?: true;
  /** Answers an XML document of this name; otherwise headers and bytes. */
  readonly document?: string;
  readonly status?: number;
}

const STORED: Names = {
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'content-type': 'ContentType',
  expires: 'Expires',
};

const WRITING: Names = {
  ...STORED,
  'if-match': 'IfMatch',
  'if-none-match': 'IfNoneMatch',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
};

const READING = {
  on: 'object',
  headers: {
    range: 'Range',
    'if-match': 'IfMatch',
    'if-none-match': 'IfNoneMatch',
    'if-modified-since': 'IfModifiedSince',
    'if-unmodified-since': 'IfUnmodifiedSince',
    'x-amz-checksum-mode': 'ChecksumMode',
  },
  query: {
    'response-cache-control': 'ResponseCacheControl',
    'response-content-disposition': 'ResponseContentDisposition',
    'response-content-encoding': 'ResponseContentEncoding',
    'response-content-language': 'ResponseContentLanguage',
    'response-content-type': 'ResponseContentType',
    'response-expires': 'ResponseExpires',
  },
} as const;

/** Everything that is embedded; the first that fits is meant. */
export const REST_OPERATIONS: readonly RestOperation[] = [
  { operation: 'GetObject', method: 'GET', ...READING },
  { operation: 'HeadObject', method: 'HEAD', ...READING },
  {
    operation: 'CopyObject',
    method: 'PUT',
    on: 'object',
    withHeader: 'x-amz-copy-source',
    headers: {
      ...WRITING,
      'x-amz-copy-source': 'CopySource',
      'x-amz-copy-source-if-match': 'CopySourceIfMatch',
      'x-amz-copy-source-if-none-match': 'CopySourceIfNoneMatch',
      'x-amz-copy-source-if-modified-since': 'CopySourceIfModifiedSince',
      'x-amz-copy-source-if-unmodified-since': 'CopySourceIfUnmodifiedSince',
      'x-amz-metadata-directive': 'MetadataDirective',
    },
    hasMetadata: true,
    document: 'CopyObjectResult',
  },
  {
    operation: 'PutObject',
    method: 'PUT',
    on: 'object',
    headers: WRITING,
    hasMetadata: true,
    hasBody: true,
  },
  { operation: 'DeleteObject', method: 'DELETE', on: 'object', status: 204 },
  {
    operation: 'ListObjectsV2',
    method: 'GET',
    on: 'bucket',
    withQuery: ['list-type', '2'],
    query: {
      'continuation-token': 'ContinuationToken',
      delimiter: 'Delimiter',
      'encoding-type': 'EncodingType',
      'fetch-owner': 'FetchOwner',
      'max-keys': 'MaxKeys',
      prefix: 'Prefix',
      'start-after': 'StartAfter',
    },
    document: 'ListBucketResult',
  },
  { operation: 'HeadBucket', method: 'HEAD', on: 'bucket' },
];
