import { arnOf, nameless, type ResourceTypes } from './resource-type.ts';

/**
 * Types that only serve a deployment. They are never run; what they are called still matters, because resources that
 * do run mention them.
 */
export const DEPLOYMENT_TYPES: ResourceTypes = {
  'AWS::CDK::Metadata': nameless(),
  'Custom::S3AutoDeleteObjects': nameless(),
  'Custom::CDKBucketDeployment': {
    properties: [],
    ref: (resource) => resource.id.uuid(),
    attributes: { DestinationBucketArn: (resource) => resource.required('DestinationBucketArn') },
  },
  'AWS::Lambda::LayerVersion': {
    properties: [],
    ref: (resource) => arnOf('lambda', `layer:${resource.id.name(64)}:1`),
  },
};

/** Which resources of such a type, or of a type that otherwise runs, are left out: by the logical ids that the CDK and Amplify give. */
const DEPLOYMENT_RESOURCES: readonly { readonly logicalId: RegExp; readonly why: string }[] = [
  { logicalId: /^CDKMetadata/, why: 'statistics of the CDK' },
  {
    logicalId: /AmplifyTableManager/,
    why: "Amplify's nested stack that creates tables: tables are created by dynamodb/",
  },
  { logicalId: /^CustomS3AutoDeleteObjects/, why: 'provider that empties a bucket before it is deleted' },
  { logicalId: /AutoDeleteObjectsCustomResource[0-9A-F]{8}$/, why: 'request to that provider, one a bucket' },
  { logicalId: /^CustomCDKBucketDeployment/, why: 'provider that unpacks assets into a bucket' },
  { logicalId: /^amplifyDataAmplifyCodegenAssets/, why: 'bucket with the schema for code generation' },
  { logicalId: /^modelIntrospectionSchemaBucket/, why: 'bucket with the introspection schema for functions' },
];

/** Whether a resource, or a nested stack with all that is in it, exists only to be deployed. */
export function isDeploymentOnly(logicalId: string): boolean {
  return DEPLOYMENT_RESOURCES.some((resource) => resource.logicalId.test(logicalId));
}
