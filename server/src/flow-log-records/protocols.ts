/** By their numbers, the keywords of the protocols, as far as flow logs are likely to hold them. */
const keywords: ReadonlyMap<number, string> = new Map([
  [0, 'HOPOPT'],
  [1, 'ICMP'],
  [2, 'IGMP'],
  [3, 'GGP'],
  [4, 'IPv4'],
  [5, 'ST'],
  [6, 'TCP'],
  [7, 'CBT'],
  [8, 'EGP'],
  [9, 'IGP'],
  [17, 'UDP'],
  [27, 'RDP'],
  [33, 'DCCP'],
  [41, 'IPv6'],
  [43, 'IPv6-Route'],
  [44, 'IPv6-Frag'],
  [46, 'RSVP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [58, 'IPv6-ICMP'],
  [59, 'IPv6-NoNxt'],
  [60, 'IPv6-Opts'],
  [88, 'EIGRP'],
  [89, 'OSPFIGP'],
  [94, 'IPIP'],
  [97, 'ETHERIP'],
  [98, 'ENCAP'],
  [103, 'PIM'],
  [108, 'IPComp'],
  [112, 'VRRP'],
  [115, 'L2TP'],
  [132, 'SCTP'],
  [136, 'UDPLite'],
  [137, 'MPLS-in-IP'],
]);

/**
 * The keyword of a protocol; undefined for a number without one here.
 * https://www.iana.org/assignments/protocol-numbers
 */
export function protocolKeyword(number: number): string | undefined {
  return keywords.get(number);
}

/** By their numbers, ports that people look for in flow logs. */
const services: ReadonlyMap<number, string> = new Map([
  [20, 'FTP data'],
  [21, 'FTP'],
  [22, 'SSH'],
  [23, 'Telnet'],
  [25, 'SMTP'],
  [53, 'DNS'],
  [67, 'DHCP'],
  [68, 'DHCP'],
  [80, 'HTTP'],
  [88, 'Kerberos'],
  [110, 'POP3'],
  [111, 'RPC'],
  [123, 'NTP'],
  [135, 'MS RPC'],
  [143, 'IMAP'],
  [161, 'SNMP'],
  [179, 'BGP'],
  [389, 'LDAP'],
  [443, 'HTTPS'],
  [445, 'SMB'],
  [465, 'SMTPS'],
  [500, 'IKE'],
  [514, 'Syslog'],
  [587, 'SMTP'],
  [636, 'LDAPS'],
  [853, 'DNS over TLS'],
  [993, 'IMAPS'],
  [995, 'POP3S'],
  [1194, 'OpenVPN'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [2049, 'NFS'],
  [2181, 'ZooKeeper'],
  [2375, 'Docker'],
  [2376, 'Docker'],
  [2379, 'etcd'],
  [3128, 'HTTP proxy'],
  [3306, 'MySQL'],
  [3389, 'RDP'],
  [4500, 'IPsec NAT traversal'],
  [5432, 'PostgreSQL'],
  [5439, 'Redshift'],
  [5671, 'AMQPS'],
  [5672, 'AMQP'],
  [5900, 'VNC'],
  [5985, 'WinRM'],
  [5986, 'WinRM'],
  [6379, 'Redis'],
  [6443, 'Kubernetes API'],
  [8080, 'HTTP'],
  [8443, 'HTTPS'],
  [9042, 'Cassandra'],
  [9092, 'Kafka'],
  [9200, 'OpenSearch'],
  [10250, 'kubelet'],
  [11211, 'Memcached'],
  [27017, 'MongoDB'],
]);

/**
 * What usually listens on a port; undefined where nothing does that is known here.
 * https://www.iana.org/assignments/service-names-port-numbers
 */
export function usualService(port: number): string | undefined {
  return services.get(port);
}
