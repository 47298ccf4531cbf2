/**
 * The id of a version of a secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretVersionsListEntry.html
 */
export const SECRET_VERSION_ID = /^[A-Za-z0-9-]{32,64}$/;
