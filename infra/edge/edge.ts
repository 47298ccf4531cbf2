import { Fn, Names, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import {
  type AddBehaviorOptions,
  AllowedMethods,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersReferrerPolicy,
  type IOrigin,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { EDGE_SECRET_HEADER } from '../../src/http/edge-header-names.ts';
import { LEGACY_PATH, SESSIONS_PATH } from '../../src/http/paths.ts';
import { EdgePolicies } from './edge-policies.ts';
import { stripPrefixCode } from './strip-prefix.ts';

export interface EdgeProps {
  /** The address of the API, as CloudFront reaches it. */
  readonly originUrl: string;
  readonly hasListedOrigins: boolean;
  readonly hasLegacyRoute: boolean;
  /** The version of the secret that CloudFront sends; the current one if undefined. */
  readonly edgeSecretVersion: string | undefined;
}

/** What CloudFront does with requests for the paths that a pattern matches. */
export interface EdgeBehavior {
  readonly pathPattern: string;
  readonly options: AddBehaviorOptions;
}

/** What every distribution needs to serve a counter: the secret, the policies, and the API as an origin. */
export class Edge extends Construct {
  /** What CloudFront adds to each request, so that the functions know that it came through CloudFront. */
  readonly secret: Secret;
  /** The API, to which CloudFront sends the secret. */
  readonly origin: IOrigin;
  readonly #policies: EdgePolicies;
  readonly #hasLegacyRoute: boolean;

  constructor(scope: Construct, props: EdgeProps) {
    super(scope, 'Edge');
    this.#policies = new EdgePolicies(this, props);
    this.#hasLegacyRoute = props.hasLegacyRoute;
    this.secret = addSecret(this);
    // A dynamic reference: CloudFormation reads the secret, and no template holds it.
    const value = SecretValue.secretsManager(this.secret.secretArn, {
      ...(props.edgeSecretVersion !== undefined && { versionId: props.edgeSecretVersion }),
    });
    this.origin = new HttpOrigin(Fn.parseDomainName(props.originUrl), {
      customHeaders: { [EDGE_SECRET_HEADER]: value.unsafeUnwrap() },
    });
  }

  /**
   * The behaviors for all paths of the counter below a prefix, which may be empty; the last one is for every path
   * that the others leave. With a prefix there is a function that takes it off.
   */
  listBehaviors(prefix: string): [...EdgeBehavior[], EdgeBehavior] {
    const common = {
      ...COMMON,
      ...(prefix === '' ? OWN_DOMAIN : this.#joinSite(prefix)),
    };
    const { originRequests: originRequestPolicy, reads, visits } = this.#policies;
    const options = { ...common, originRequestPolicy, cachePolicy: visits };
    const ofVisits = { ...options, allowedMethods: AllowedMethods.ALLOW_ALL };
    return [
      { pathPattern: `${prefix}${SESSIONS_PATH}*`, options: ofVisits },
      ...(this.#hasLegacyRoute
        ? [{ pathPattern: `${prefix}${LEGACY_PATH}`, options: ofVisits }]
        : []),
      {
        pathPattern: `${prefix}/*`,
        options: { ...options, cachePolicy: reads, allowedMethods: AllowedMethods.ALLOW_GET_HEAD },
      },
    ];
  }

  #joinSite(prefix: string): AddBehaviorOptions {
    // A prefix has no colons, so that each has an id of its own.
    const id = `Strip${prefix.replaceAll('/', ':')}`;
    const existing = this.node.tryFindChild(id) as EdgeFunction | undefined;
    const strip =
      existing ??
      new EdgeFunction(this, id, {
        code: FunctionCode.fromInline(stripPrefixCode(prefix)),
        comment: 'session-counter: takes the prefix off the path',
        runtime: FunctionRuntime.JS_2_0,
      });
    const headers = this.node.tryFindChild('Headers') as ResponseHeadersPolicy | undefined;
    return {
      responseHeadersPolicy: headers ?? addSiteHeaders(this),
      functionAssociations: [{ function: strip, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }
}

const COMMON: AddBehaviorOptions = {
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  compress: true,
};

// It does not touch the headers of CORS.
const OWN_DOMAIN: AddBehaviorOptions = {
  responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
};

// Without Strict-Transport-Security, which would concern the whole domain of the site.
const addSiteHeaders = (scope: Construct): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'Headers', {
    responseHeadersPolicyName: `${Names.uniqueResourceName(scope, { maxLength: 100 })}-${Stack.of(scope).region}`,
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      referrerPolicy: {
        referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
        override: false,
      },
    },
  });

const addSecret = (scope: Construct): Secret => {
  const secret = new Secret(scope, 'Secret', {
    description: 'session-counter: what CloudFront adds to its requests to the API',
    generateSecretString: { excludePunctuation: true, passwordLength: 64 },
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'Only a deployment gives CloudFront a new value, so the secret is rotated by hand; docs/edge.md says how.',
  });
  return secret;
};
