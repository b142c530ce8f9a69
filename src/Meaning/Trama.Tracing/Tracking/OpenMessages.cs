using System.Diagnostics.CodeAnalysis;
using Trama.Framing;

namespace Trama.Tracing.Tracking;

/// <summary>The messages of one direction that are in progress. Nearly always there is one.</summary>
internal struct OpenMessages
{
    // Beyond so many, the framing that opens them has lost its way.
    private const int MaxOpen = 65_536;

    private Message? _first;
    private long _firstNumber;
    private int _firstLayer;
    private Dictionary<(int Layer, long Number), Message>? _others;

    /// <summary>The message that bytes came for last.</summary>
    public Message? Latest { get; private set; }

    /// <summary>Finds a message.</summary>
    public bool TryFind(in MessageId id, [NotNullWhen(true)] out Message? message)
    {
        message = IsFirst(id) ? _first : Other(id);
        if (message is null) return false;
        Latest = message;
        return true;
    }

    /// <summary>Whether a message is in progress.</summary>
    public readonly bool Contains(in MessageId id) => (IsFirst(id) ? _first : Other(id)) is not null;

    /// <summary>Adds a message; refuses when there are too many.</summary>
    public bool TryAdd(in MessageId id, Message message)
    {
        if (_first is null) (_first, _firstLayer, _firstNumber) = (message, id.Layer, id.Number);
        else if (_others?.Count >= MaxOpen) return false;
        else (_others ??= []).Add((id.Layer, id.Number), message);
        Latest = message;
        return true;
    }

    /// <summary>Takes a message out.</summary>
    public bool TryTake(in MessageId id, [NotNullWhen(true)] out Message? message)
    {
        message = IsFirst(id) ? _first : Other(id);
        if (message is null) return false;
        if (_first == message) _first = null;
        else _others!.Remove((id.Layer, id.Number));
        Latest = null;
        return true;
    }

    private readonly bool IsFirst(in MessageId id) => _firstNumber == id.Number && _firstLayer == id.Layer && _first is not null;

    private readonly Message? Other(in MessageId id) => _others is null ? null : _others.GetValueOrDefault((id.Layer, id.Number));
}
