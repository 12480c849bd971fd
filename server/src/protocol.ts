/**
 * What client and server say to each other beyond the Language Server Protocol.
 * The only file of the server that the client imports.
 */

/**
 * Sent by the server whenever it has looked at an open document; shown by the client's status item.
 * Only for clients that ask for it, see {@link ExperimentalCapabilities}: others would log it as unknown.
 */
export const documentStatusNotification = 'flowLogGuard/documentStatus';

/**
 * The command of the client that synthesises an application in a terminal. Its one argument is the URI of the
 * application's folder, as a string. Offered only to clients that have it, see {@link ExperimentalCapabilities}.
 */
export const runCdkSynthCommand = 'flowLogGuard.runCdkSynth';

/** What a client may put under `capabilities.experimental` when it initialises the server. */
export interface ExperimentalCapabilities {
  readonly flowLogGuard?: {
    readonly documentStatus?: boolean;
    /**
     * The client tells the user itself what {@link fixWorkspaceCommand} answers. It shows all edits first as
     * soon as one needs confirmation, and has the user tick those that do.
     */
    readonly workspaceFix?: boolean;
    /** The client has {@link runCdkSynthCommand}. */
    readonly runCdkSynth?: boolean;
    /** It asks for {@link templatesRequest}, and wants {@link templatesChangedNotification}. */
    readonly templates?: boolean;
    /**
     * It asks for `workspace/diagnostic` when a user wants it to. Other clients ask again and again as soon as
     * they are told that they may.
     */
    readonly workspaceDiagnosticsOnDemand?: boolean;
    /** Its command that shows places to the user; the one argument is an array of LSP's `Location`. */
    readonly revealCommand?: string;
    readonly otherTools?: OtherTools;
    /** It answers {@link findFilesRequest} and {@link readFileRequest} for folders that are on no disk. */
    readonly files?: boolean;
  };
}

/**
 * A command for `workspace/executeCommand`, without arguments: computes the fixes of every template of the
 * workspace and asks the client to apply them. Answers a {@link WorkspaceFixReport}.
 */
export const fixWorkspaceCommand = 'flow-log-guard.fixWorkspace';

/**
 * - `applied`, `discarded`: what became of the edits once the client had them.
 * - `outdated`: the client did not take them, and an open template is not what it was.
 * - `nothing`: there were none.
 * - `cancelled`: before the client had them.
 */
export interface WorkspaceFixReport {
  readonly outcome: 'applied' | 'discarded' | 'outdated' | 'nothing' | 'cancelled';
  /** How many files the edits are in. */
  readonly files: number;
  /** How many findings they do away with. */
  readonly fixed: number;
  /** Findings of severity warning or above that stay, each with the reason. */
  readonly left: readonly { readonly uri: string; readonly logicalId: string; readonly why: string }[];
}

/**
 * A request of the client: where the templates of the workspace have a resource that it knows from a stack in
 * the account. Takes {@link FindResourceParams}, answers {@link FoundResource}s, the likeliest first.
 */
export const findResourceRequest = 'flowLogGuard/findResource';

export interface FindResourceParams {
  readonly logicalId: string;
  /** Such as `AWS::EC2::VPC`. */
  readonly type: string;
  /** Of the stack that made it. Templates that are named like it come first. */
  readonly stackName: string;
}

export interface FoundResource {
  readonly uri: string;
  /** Of the logical id; positions as in LSP, UTF-16. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** Whether the file is named like the stack, so that it is surely the one. */
  readonly isOfStack: boolean;
}

/** What else in the editor completes templates, so that nothing is offered twice. */
export interface OtherTools {
  /** AWS's CloudFormation language server, with its completions on. */
  readonly awsServer?: boolean;
  /** The extension vscode-yaml; the user may have given it CloudFormation's schema. */
  readonly yaml?: 'absent' | 'present' | 'with-cloudformation-schema';
}

/** Sent by the server: the files below `folder`, a URI, that may be templates; no more than `limit`. */
export const findFilesRequest = 'flowLogGuard/findFiles';

export interface FindFiles {
  readonly folder: string;
  readonly limit: number;
}

export interface FoundFiles {
  readonly uris: readonly string[];
  /** Whether there are no more. */
  readonly isComplete: boolean;
}

/** Sent by the server: what is in the file `uri`. */
export const readFileRequest = 'flowLogGuard/readFile';

export interface ReadFile {
  /** Null where it cannot be read, or is far larger than a template. */
  readonly text: string | null;
}

/** Asks for {@link TemplateSummary}s of all templates of the workspace; no parameters. */
export const templatesRequest = 'flowLogGuard/templates';

/** Sent by the server when another answer to {@link templatesRequest} is to be expected. */
export const templatesChangedNotification = 'flowLogGuard/templatesChanged';

/** A template with VPCs, in the order of its text. */
export interface TemplateSummary {
  readonly uri: string;
  readonly vpcs: readonly VpcSummary[];
}

export interface VpcSummary {
  readonly logicalId: string;
  readonly state: TemplateVpcState;
  /** The sentence of the verdict. */
  readonly reason: string;
  /** Set where it is suppressed: by whom, and why. */
  readonly suppressed?: string;
  /** The flow logs that count, such as `S3, ALL, 600 s`. */
  readonly flowLogs: readonly string[];
  /** The logical id, in LSP's lines and characters. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** What a VPC of a template looks like at a glance. */
type TemplateVpcState = 'logged' | 'accept-only' | 'conditional' | 'none' | 'suppressed' | 'unknown';

export interface DocumentStatus {
  readonly uri: string;
  /** The version of the document that the server looked at. */
  readonly version: number;
  readonly state: DocumentState;
}

/**
 * How the server sees a document.
 * - `ignored`: the project file `by`, an absolute path, says that it is not to be checked.
 * - `project-file`: it says how templates are checked, and has so many problems.
 * - `template`: of its `vpcs`, `covered` have a flow log that counts and `bare` lack one, always or in some
 *   deployments; on the rest the server cannot decide.
 */
export type DocumentState =
  | { readonly kind: 'not-a-template' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'ignored'; readonly by: string }
  | { readonly kind: 'project-file'; readonly problems: number }
  | { readonly kind: 'template'; readonly vpcs: number; readonly covered: number; readonly bare: number };
