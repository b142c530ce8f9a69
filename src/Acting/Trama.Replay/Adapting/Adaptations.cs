using Trama.Replay.Adapting.Amqp;
using Trama.Replay.Adapting.Dns;
using Trama.Replay.Adapting.Ftp;
using Trama.Replay.Adapting.Http1;
using Trama.Replay.Adapting.Http2;
using Trama.Replay.Adapting.Kafka;
using Trama.Replay.Adapting.Ldap;
using Trama.Replay.Adapting.Mail;
using Trama.Replay.Adapting.Mongodb;
using Trama.Replay.Adapting.Mqtt;
using Trama.Replay.Adapting.Mysql;
using Trama.Replay.Adapting.Nats;
using Trama.Replay.Adapting.Numbers;
using Trama.Replay.Adapting.Postgresql;
using Trama.Replay.Adapting.Resp;
using Trama.Replay.Adapting.WebSocket;

namespace Trama.Replay.Adapting;

/// <summary>The adaptations of one connection, by the protocols of its messages: the one place where they are named.</summary>
internal sealed class Adaptations : IDisposable
{
    private static readonly Dictionary<string, Func<Adaptation>> Known = new()
    {
        ["http1"] = () => new Http1Adaptation(),
        ["http2"] = () => new Http2Adaptation(),
        ["grpc"] = () => new Http2Adaptation(),
        ["websocket"] = () => new WebSocketAdaptation(),
        ["resp"] = () => new RespAdaptation(),
        ["postgresql"] = () => new PostgresqlAdaptation(),
        ["mysql"] = () => new MysqlAdaptation(),
        ["mqtt"] = () => new MqttAdaptation(),
        ["amqp"] = () => new AmqpAdaptation(),
        ["commands"] = () => new FtpAdaptation(),
        ["cassandra"] = () => new NumberedAdaptation(requestAt: 2, replyAt: 2, size: 2, isKeyed: true),
        ["dns"] = () => new DnsAdaptation(),
        ["ftp"] = () => new FtpAdaptation(),
        ["imap"] = () => new ImapAdaptation(),
        ["kafka"] = () => new KafkaAdaptation(),
        ["ldap"] = () => new LdapAdaptation(),
        ["memcached"] = () => new MemcachedAdaptation(),
        ["modbus"] = () => new NumberedAdaptation(requestAt: 0, replyAt: 0, size: 2, isKeyed: true),
        ["mongodb"] = () => new MongodbAdaptation(),
        ["nats"] = () => new NatsAdaptation(),
        ["pop3"] = () => new Pop3Adaptation(),
        ["smtp"] = () => new SmtpAdaptation(),
    };

    private readonly Dictionary<string, Adaptation> _ofConnection = [];

    /// <summary>Whether a protocol has one.</summary>
    public static bool Knows(string protocol) => Known.ContainsKey(protocol);

    /// <summary>The adaptation of a protocol; of one that has none, what says messages as recorded.</summary>
    /// <param name="protocol">Its name; null when it has none.</param>
    public Adaptation Of(string? protocol)
    {
        if (_ofConnection.TryGetValue(protocol ?? "", out Adaptation? adaptation)) return adaptation;
        adaptation = Known.TryGetValue(protocol ?? "", out Func<Adaptation>? make) ? make() : new Adaptation();
        return _ofConnection[protocol ?? ""] = adaptation;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Adaptation adaptation in _ofConnection.Values) (adaptation as IDisposable)?.Dispose();
    }
}
