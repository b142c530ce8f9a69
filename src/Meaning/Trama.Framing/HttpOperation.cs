using System.Buffers;
using Trama.Framing.Credentials;

namespace Trama.Framing;

/// <summary>
/// What a request of HTTP asks for, in words: its method and target without credentials (the name and password of a URL, the values of
/// tokens in a query or a path), and its group: without the query, identifiers replaced by <c>:id</c>.
/// </summary>
internal sealed class HttpOperation
{
    /// <summary>The most bytes of a method, a space and a target that are kept.</summary>
    public const int MaxKept = 1024;

    private static readonly SearchValues<byte> QueryMarks = SearchValues.Create("&;"u8);
    private static readonly SearchValues<byte> PathMarks = SearchValues.Create("/;"u8);

    private ShortText _text = new(MaxKept);
    private ShortText _group = new(MaxKept);

    /// <summary>The operation: <c>GET /users/7?page=2</c>.</summary>
    public ReadOnlySpan<byte> Text => _text.Bytes;

    /// <summary>Nothing is known of a request.</summary>
    public void Clear() => _text.Clear();

    /// <summary>The operation of a request, kept.</summary>
    public byte[] Of(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        Set(method, target);
        return Text.ToArray();
    }

    /// <summary>Sets the operation.</summary>
    public void Set(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        _text.Clear();
        _text.Add(method);
        _text.Add(" "u8);
        int query = target.IndexOf((byte)'?');
        AddWithoutUser(query < 0 ? target : target[..query]);
        if (query < 0) return;
        target = target[query..];
        while (!target.IsEmpty)
        {
            int next = target[1..].IndexOfAny(QueryMarks) + 1;
            AddParameter(next > 0 ? target[..next] : target);
            target = next > 0 ? target[next..] : default;
        }
    }

    /// <summary>The group of an operation: <c>GET /users/:id</c>; empty when it is the operation itself. Valid until the next
    /// call.</summary>
    public ReadOnlySpan<byte> Group(ReadOnlySpan<byte> operation)
    {
        int query = operation.IndexOf((byte)'?');
        ReadOnlySpan<byte> rest = query < 0 ? operation : operation[..query];
        bool differs = query >= 0;
        _group.Clear();
        while (true)
        {
            int slash = rest.IndexOf((byte)'/');
            ReadOnlySpan<byte> segment = slash < 0 ? rest : rest[..slash];
            int dot = segment.LastIndexOf((byte)'.');
            int stem = dot > 0 ? dot : segment.Length;
            bool isIdentifier = Identifiers.IsOne(segment[..stem]);
            differs |= isIdentifier;
            if (isIdentifier) _group.Add(":id"u8);
            _group.Add(isIdentifier ? segment[stem..] : segment);
            if (slash < 0) return differs ? _group.Bytes : default;
            _group.Add("/"u8);
            rest = rest[(slash + 1)..];
        }
    }

    // The user before the host of a target in absolute form, or of CONNECT, is left out with its password.
    private void AddWithoutUser(ReadOnlySpan<byte> target)
    {
        int scheme = target.IndexOf("://"u8);
        int host = scheme >= 0 ? scheme + 3 : 0;
        int path = target[host..].IndexOf((byte)'/');
        ReadOnlySpan<byte> authority = path < 0 ? target[host..] : target.Slice(host, path);
        int user = authority.LastIndexOf((byte)'@');
        if (user < 0 || target[0] == '/')
        {
            AddPath(target);
            return;
        }

        _text.Add(target[..host]);
        AddPath(target[(host + user + 1)..]);
    }

    // In a path, a parameter of a segment may name a session (";jsessionid=…", RFC 3986 section 3.3).
    private void AddPath(ReadOnlySpan<byte> path)
    {
        while (!path.IsEmpty)
        {
            int next = path[1..].IndexOfAny(PathMarks) + 1;
            AddParameter(next > 0 ? path[..next] : path);
            path = next > 0 ? path[next..] : default;
        }
    }

    // Or a segment of a path, which has no name. What comes first is a mark.
    private void AddParameter(ReadOnlySpan<byte> parameter)
    {
        int equals = parameter.IndexOf((byte)'=');
        int value = equals > 0 ? equals + 1 : 1;
        bool isSecret = Credential.Is(equals > 0 ? parameter[1..equals] : default, parameter[Math.Min(value, parameter.Length)..]);
        _text.Add(isSecret ? parameter[..value] : parameter);
        if (isSecret) _text.Add("***"u8);
    }
}
