using Trama.Framing.Amqp;
using Trama.Framing.Bgp;
using Trama.Framing.Cassandra;
using Trama.Framing.Commands;
using Trama.Framing.Dns;
using Trama.Framing.Fix;
using Trama.Framing.Ftp;
using Trama.Framing.Http;
using Trama.Framing.Http2;
using Trama.Framing.Imap;
using Trama.Framing.Irc;
using Trama.Framing.Kafka;
using Trama.Framing.Ldap;
using Trama.Framing.Memcached;
using Trama.Framing.Modbus;
using Trama.Framing.Mongodb;
using Trama.Framing.Mqtt;
using Trama.Framing.Mysql;
using Trama.Framing.Nats;
using Trama.Framing.Postgresql;
using Trama.Framing.Resp;
using Trama.Framing.Sip;
using Trama.Framing.Smb2;
using Trama.Framing.Smtp;
using Trama.Framing.Ssh;
using Trama.Framing.Stomp;
using Trama.Framing.Tds;
using Trama.Framing.Telnet;
using Trama.Framing.Tls;
using Trama.Framing.Tunnels;
using Trama.Framing.WebSocket;

namespace Trama.Framing;

/// <summary>The protocols that Trama reads: the one place where a protocol is named to the rest.</summary>
public static class Protocols
{
    /// <summary>All of them. Where the bytes could be those of two, the first one has them.</summary>
    public static IReadOnlyList<Protocol> All { get; } =
    [
        new TlsProtocol(),
        new Http1Protocol(),
        new Http2Protocol(isUpgraded: false),
        new WebSocketProtocol(deflate: null),
        new ProxyProtocol(),
        new SocksProtocol(),
        new RespProtocol(),
        new PostgresqlProtocol(),
        new MqttProtocol(),
        new MysqlProtocol(),
        new MysqlCompression(),
        new MongodbProtocol(),
        new CassandraProtocol(),
        new TdsProtocol(),
        new NatsProtocol(),
        new DnsProtocol(),
        new ModbusProtocol(),
        new FixProtocol(),
        new SipProtocol(),
        new SshProtocol(),
        new ImapProtocol(),
        new IrcProtocol(),
        new BgpProtocol(),
        new SmtpProtocol(),
        new FtpProtocol(),
        new CommandsProtocol(),
        new TelnetProtocol(),
        new Pop3Protocol(),
        new KafkaProtocol(),
        new AmqpProtocol(),
        new StompProtocol(),
        new MemcachedProtocol(),
        new LdapProtocol(),
        new Smb2Protocol(),
    ];
}
