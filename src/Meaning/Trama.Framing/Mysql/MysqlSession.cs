using System.Buffers.Binary;
using Trama.Framing.Sql;

namespace Trama.Framing.Mysql;

/// <summary>
/// What the two directions of a connection know of each other: what they can do, the requests that wait, the statements that are
/// prepared. After missing bytes nobody knows what waits, until the client begins anew after the server spoke.
/// </summary>
internal sealed class MysqlSession
{
    private readonly Queue<MysqlRequest> _waiting = new(0);
    private MysqlRequest _last;
    private bool _serverSpokeLast = true;
    private bool _requestsLost;
    private bool _repliesLost;

    /// <summary>What the server can do; everything as long as nobody said.</summary>
    public MysqlCapabilities Server { get; set; } = MysqlCapabilities.Any;

    /// <summary>What both can do; absent as long as the login was not seen.</summary>
    public MysqlCapabilities? Agreed { get; set; }

    /// <summary>Whether a packet follows the definitions of columns; absent as long as nobody knows.</summary>
    public bool? HasDefinitionEnd { get; set; }

    /// <summary>Whether the server asked for a file of the client's, whose data come next.</summary>
    public bool ExpectsFile { get; set; }

    /// <summary>Whether nobody knows which requests wait.</summary>
    public bool IsUnsure => _requestsLost || _repliesLost;

    /// <summary>The statements that are prepared.</summary>
    public PreparedStatements Statements { get; } = new();

    /// <summary>Remembers a request; false when too many wait.</summary>
    public bool TryAdd(in MysqlRequest request)
    {
        if (IsUnsure && _serverSpokeLast)
        {
            _waiting.Clear();
            _requestsLost = false;
        }

        _serverSpokeLast = false;
        if (request.Kind == MysqlRequestKind.OneWay) return true;
        if (_waiting.Count == PendingRequests.Limit) return false;
        _waiting.Enqueue(_last = request);
        return true;
    }

    /// <summary>The request that the server's next bytes answer; an unknown one when none is known to wait.</summary>
    public MysqlRequest Peek() => _waiting.TryPeek(out MysqlRequest request) ? request : default;

    /// <summary>The request that was made last, if any waits.</summary>
    public MysqlRequest PeekLast() => _waiting.Count > 0 ? _last : default;

    /// <summary>The server says something.</summary>
    public void HearServer() => _serverSpokeLast = true;

    /// <summary>A reply begins, perhaps the first one after some are missing: it answers what was asked last, by the habit of asking one
    /// by one.</summary>
    public void FindReply()
    {
        HearServer();
        while (_repliesLost && _waiting.Count > 1) _waiting.Dequeue();
        _repliesLost = false;
    }

    /// <summary>The oldest request has its reply.</summary>
    public void Answered() => _waiting.TryDequeue(out _);

    /// <summary>A statement has its identifier.</summary>
    public void Prepare(uint id, byte[]? statement)
    {
        Span<byte> name = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(name, id);
        if (statement is not null) Statements.Prepare(name, statement);
        else Statements.Close(isPortal: false, name);
    }

    /// <summary>Bytes of the client are missing, and perhaps whole requests with them.</summary>
    public void LoseRequests()
    {
        _requestsLost = true;
        ForgetStatements();
    }

    /// <summary>Bytes of the server are missing, and perhaps whole replies with them.</summary>
    public void LoseReplies()
    {
        (_repliesLost, _serverSpokeLast) = (true, true);
        ForgetStatements();
    }

    // An identifier may be given to another statement where neither the request nor the reply was seen.
    private void ForgetStatements()
    {
        if (_requestsLost && _repliesLost) Statements.Clear();
    }
}
