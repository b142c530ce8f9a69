namespace Trama.Framing.Mysql;

/// <summary>The client/server protocol of MySQL and MariaDB (MySQL Source Code Documentation, "Client/Server Protocol"; MariaDB Knowledge
/// Base, "Client/Server Protocol").</summary>
/// <param name="server">What the server can do, where it said so below this layer.</param>
/// <param name="agreed">What both sides can do, where the login was said below this layer.</param>
internal sealed class MysqlProtocol(MysqlCapabilities server = MysqlCapabilities.Any, MysqlCapabilities? agreed = null) : Protocol
{
    /// <inheritdoc/>
    public override string Name => "mysql";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [3306, 6033];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        if (speaker == Direction.ToClient)
        {
            Likeness greeting = MysqlShape.IsGreeting(first);
            return greeting != Likeness.No || !isHinted ? greeting : MysqlShape.IsReply(first, new MysqlRequest(MysqlRequestKind.Query))
                ? Likeness.Yes : Likeness.No;
        }

        Likeness login = MysqlShape.IsLogin(first).Or(MysqlShape.IsStatement(first));
        return login != Likeness.No || !isHinted ? login : MysqlShape.IsAnswer(first) ? Likeness.Yes : MysqlShape.IsRequest(first);
    }

    /// <summary>In the middle of a connection, also an error, and what chooses a database.</summary>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes)
    {
        bool isOwn = speaker == Direction.ToClient ? MysqlShape.IsError(bytes) : MysqlShape.IsDatabase(bytes);
        return isOwn ? Likeness.Yes : Resembles(speaker, bytes, isHinted: false);
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new MysqlSession { Server = server, Agreed = agreed };
        return new(Name, new MysqlRequestStream(session), new MysqlReplyStream(session));
    }
}
