using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Trama.Replay.Adapting;
using Trama.Tracing;

namespace Trama.Replay.Serving;

/// <summary>All that a recorded server was asked, and what it did. Safe for threads.</summary>
internal sealed class Repertoire
{
    private const long MostLearnt = 256 << 20;

    // What a script takes beside its messages' bytes, in bytes and with a margin.
    private const long ScriptCost = 4096;

    private readonly Lock _choosing = new();
    private long _learnt;
    private readonly MatchRule _rule;
    private readonly Dictionary<UInt128, Alike> _byContent = [];
    private readonly Dictionary<UInt128, Alike> _byOperation = [];
    private readonly Dictionary<string, SortedDictionary<string, Alike>> _operationsOfMode = [];

    /// <summary>Learns scripts.</summary>
    public Repertoire(IReadOnlyList<Script> scripts, MatchRule rule)
    {
        (Scripts, _rule) = (scripts, rule);
        foreach (Script script in scripts) Add(script);
        HasReplies = scripts.Any(script => script.Requests.Any(request => request.Consequences.Count > 0));
    }

    /// <summary>What it learnt.</summary>
    public IReadOnlyList<Script> Scripts { get; }

    /// <summary>Whether anything that was asked had a reply: of a capture of one direction alone, nothing has.</summary>
    public bool HasReplies { get; }

    /// <summary>Learns one more, unless that would be more than it may learn.</summary>
    public void Learn(Script script)
    {
        long cost = ScriptCost + script.Connection.Messages.Sum(message => message.Length);
        lock (_choosing)
        {
            if (_learnt + cost > MostLearnt) return;
            _learnt += cost;
            Add(script);
        }
    }

    /// <summary>The recorded request that a live one is taken for.</summary>
    /// <param name="asked">The live one.</param>
    /// <param name="adaptation">The adaptation of its protocol.</param>
    /// <param name="last">What was played last on its connection; null for nothing.</param>
    /// <param name="script">The script whose turn the connection is.</param>
    /// <returns>Null when it is unknown.</returns>
    public ScriptedRequest? Find(LiveMessage asked, Adaptation adaptation, ScriptedRequest? last, Script? script)
    {
        ReadOnlySpan<byte> content = adaptation.Content(asked.Bytes, Side.Client).Span, named = adaptation.Operation(asked.Operation).Span;
        Standing standing = adaptation.Standing(asked.Operation.Span);
        lock (_choosing)
        {
            if (_rule == MatchRule.Order || script is { Connection.IsSealed: true })
                return Use(last is null ? script?.Requests.FirstOrDefault() : last.Next);
            if (_rule != MatchRule.Operation)
            {
                UInt128 likeness = Likeness(asked.Protocol, standing with { Place = null }, named, content);
                if (last?.Next is { } next && next.Likeness == likeness) return Use(next);
                if (Find(_byContent, asked.Protocol, standing, named, content) is { } alike) return Use(alike.Next());
                if (_rule == MatchRule.Exact) return null;
            }

            return named.IsEmpty ? null : Use(Find(_byOperation, asked.Protocol, standing, named, default)?.Next());
        }
    }

    /// <summary>The recorded request whose operation begins most like that of a live one; null when there is none.</summary>
    /// <param name="asked">The live one.</param>
    /// <param name="adaptation">The adaptation of its protocol.</param>
    public ScriptedRequest? Nearest(LiveMessage asked, Adaptation adaptation)
    {
        string operation = Encoding.UTF8.GetString(adaptation.Operation(asked.Operation).Span);
        string mode = adaptation.Standing(asked.Operation.Span).Mode ?? "";
        lock (_choosing)
        {
            if (!_operationsOfMode.TryGetValue(mode, out SortedDictionary<string, Alike>? operations)) return null;
            (int Length, Alike? Alike) best = (0, null);
            foreach ((string known, Alike alike) in operations)
            {
                int length = known.AsSpan().CommonPrefixLength(operation);
                if (length > best.Length) best = (length, alike);
            }

            return Use(best.Alike?.Next());
        }
    }

    private void Add(Script script)
    {
        using var adaptations = new Adaptations();
        foreach (ScriptedRequest request in script.Requests)
        {
            string? protocol = request.Message.Protocol;
            Adaptation adaptation = adaptations.Of(protocol);
            Standing standing = adaptation.Standing(request.Message.Operation.Span);
            adaptation.Follow(request.Message.Operation.Span, request.Reply);
            ReadOnlyMemory<byte> content = adaptation.Content(request.Message.Bytes, Side.Client);
            ReadOnlySpan<byte> operation = adaptation.Operation(request.Message.Operation).Span;
            request.Likeness = Likeness(protocol, standing with { Place = null }, operation, content.Span);
            Add(_byContent, protocol, standing, operation, content.Span, request);
            // Without a name, there is nothing but content.
            if (operation.IsEmpty) continue;
            Add(_byOperation, protocol, standing, operation, default, request);
            string mode = standing.Mode ?? "";
            if (!_operationsOfMode.TryGetValue(mode, out SortedDictionary<string, Alike>? operations))
                _operationsOfMode.Add(mode, operations = new(StringComparer.Ordinal));
            Add(operations, Encoding.UTF8.GetString(operation), request);
        }
    }

    // Of the same place, else of any.
    private static Alike? Find(
        Dictionary<UInt128, Alike> all, string? protocol, Standing standing, ReadOnlySpan<byte> operation, ReadOnlySpan<byte> content) =>
        all.TryGetValue(Likeness(protocol, standing, operation, content), out Alike? here) ? here
            : all.GetValueOrDefault(Likeness(protocol, standing with { Place = null }, operation, content));

    private static void Add(Dictionary<UInt128, Alike> all, string? protocol, Standing standing, ReadOnlySpan<byte> operation,
        ReadOnlySpan<byte> content, ScriptedRequest request)
    {
        Add(all, Likeness(protocol, standing with { Place = null }, operation, content), request);
        if (standing.Place is not null) Add(all, Likeness(protocol, standing, operation, content), request);
    }

    private static ScriptedRequest? Use(ScriptedRequest? request)
    {
        if (request is not null) request.Uses++;
        return request;
    }

    private static void Add<TKey>(IDictionary<TKey, Alike> all, TKey key, ScriptedRequest request)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out Alike? alike)) all[key] = alike = new Alike();
        alike.Add(request);
    }

    // Half of a SHA-256: nobody finds two by chance.
    private static UInt128 Likeness(string? protocol, Standing standing, ReadOnlySpan<byte> operation, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{protocol}\0{standing.Mode}\0{standing.Place is not null}{standing.Place}\0"));
        hash.AppendData(operation);
        hash.AppendData([0]);
        hash.AppendData(content);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
