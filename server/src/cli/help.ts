export const help = `Flow Log Guard finds the VPCs in CloudFormation, SAM and synthesised CDK templates
that would have no flow log recording rejected traffic (AWS Security Hub control EC2.6).

Usage
  flow-log-guard check [PATH...] [--format text|json]

  PATH is a file or a folder; without one, the working folder is checked.
  A file that is named is looked at whatever it is called. In a folder, the files
  called *.yaml, *.yml, *.json, *.template, *.cfn.* and *.template.* are, but not
  in node_modules and .git, behind links to folders, and where a .gitignore says
  so. A cdk.out is always read.

  What a .flow-log-guard.yaml says holds for the folder that it is in and below:
  severities, ignored files, and by whose standard a flow log counts.

Options
  --format text|json  text for people (the default), or JSON for programs
  -h, --help          print this help
  --version           print the version

Environment
  NO_COLOR, FORCE_COLOR  turn the colours off or on; by default a terminal has them

Exit codes
  0  nothing of severity warning or above was found
  1  something was
  2  it could not run, or could not check everything and found nothing in the rest
`;
