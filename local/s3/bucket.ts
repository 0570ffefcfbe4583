/** Who may call a bucket from a page of another origin, as `CorsConfiguration` has it. */
export interface CorsRule {
  /** Each with at most one `*`. */
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposedHeaders?: readonly string[];
  /** Seconds. */
  readonly MaxAge?: number;
}

export interface Bucket {
  readonly name: string;
  /** The first that fits decides. */
  readonly corsRules: readonly CorsRule[];
}

export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
export const objectArn = (bucket: string, key: string): string => `${bucketArn(bucket)}/${key}`;
