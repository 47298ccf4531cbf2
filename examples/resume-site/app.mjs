// A résumé at https://DISTRIBUTION/, and its visitor counter at https://DISTRIBUTION/counter/.
import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { SessionCounter } from 'session-counter';

const stack = new Stack(new App(), 'Resume');

const pages = new Bucket(stack, 'Pages', {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: true,
});

const site = new cloudfront.Distribution(stack, 'Site', {
  defaultRootObject: 'index.html',
  httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
  priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
  defaultBehavior: {
    origin: S3BucketOrigin.withOriginAccessControl(pages),
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
  },
});

const counter = new SessionCounter(stack, 'Counter');
counter.addToDistribution(site, '/counter/*');

new BucketDeployment(stack, 'Upload', {
  sources: [Source.asset('pages')],
  destinationBucket: pages,
  distribution: site,
  distributionPaths: ['/*'],
});

new CfnOutput(stack, 'Url', { value: `https://${site.distributionDomainName}` });
