/** What an operation throws for AWS to say. */
export class ServiceError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {number} [status] of HTTP
   */
  constructor(code, message, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
