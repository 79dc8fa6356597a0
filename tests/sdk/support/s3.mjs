// A real S3 server (npm `s3rver`) on the loopback interface, and Amazon's own client (npm `@aws-sdk/client-s3`) to look into it past the app.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { freePort } from './server.mjs';

const accessKey = 'S3RVER';
const secret = 'S3RVER';

/** Starts a store with empty buckets. */
export async function startS3({ buckets = ['files', 'backups'] } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'hearth-s3-'));
  const port = await freePort();
  const options = { address: '127.0.0.1', port, silent: true, directory, configureBuckets: buckets.map(name => ({ name })) };
  let server = new S3rver(options);
  await server.run();
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: accessKey, secretAccessKey: secret } });
  return {
    endpoint,
    /** The settings `s3` or `backups.s3` with which an app uses a bucket. */
    settings: (bucket, more = {}) => ({ enabled: true, bucket, region: 'us-east-1', endpoint, accessKey, secret, forcePathStyle: true, ...more }),
    /** The keys in a bucket, in their order. */
    async keys(Bucket) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      return Contents.map(found => found.Key).sort();
    },
    /** An object: its bytes, type and metadata. */
    async get(Bucket, Key) {
      const found = await client.send(new GetObjectCommand({ Bucket, Key }));
      return { bytes: Buffer.from(await found.Body.transformToByteArray()), type: found.ContentType, metadata: found.Metadata };
    },
    head: (Bucket, Key) => client.send(new HeadObjectCommand({ Bucket, Key })),
    put: (Bucket, Key, Body, ContentType, Metadata) => client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, Metadata })),
    /** Nobody answers at its address until `resume`. */
    pause: () => server.close(),
    async resume() {
      server = new S3rver({ ...options, configureBuckets: [] });
      await server.run();
    },
    async stop() {
      client.destroy();
      await server.close().catch(() => {}); // paused
      await rm(directory, { recursive: true, force: true });
    },
  };
}
