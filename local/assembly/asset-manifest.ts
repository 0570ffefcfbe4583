import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssemblyError } from './assembly-error.ts';

interface ManifestFile {
  readonly source: { readonly path?: string };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/** Where each file that a deployment would upload to S3 lies in the cdk.out directory. */
export class AssetManifest {
  private readonly directory: string;
  private readonly pathOfKey = new Map<string, string>();

  /** Reads every `*.assets.json` in `directory`. */
  constructor(directory: string) {
    this.directory = directory;
    for (const file of readdirSync(directory).filter((name) => name.endsWith('.assets.json'))) {
      const manifest = JSON.parse(readFileSync(join(directory, file), 'utf8')) as {
        files?: Record<string, ManifestFile>;
      };
      for (const { source, destinations } of Object.values(manifest.files ?? {}))
        for (const { objectKey } of Object.values(destinations))
          if (source.path !== undefined) this.pathOfKey.set(lastSegment(objectKey), source.path);
    }
  }

  /**
   * Absolute path of the file or directory named by an S3 key, `s3://bucket/key` or https URL.
   * Throws AssemblyError when nothing of that name was synthesized.
   */
  path(reference: string): string {
    const path = this.pathOfKey.get(lastSegment(reference));
    if (path === undefined) throw new AssemblyError(`${this.directory} holds no asset ${reference}`);
    return join(this.directory, path);
  }
}

/** The CDK's default synthesizer names objects by a hash, so that the last segment of a key is unique. */
function lastSegment(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
