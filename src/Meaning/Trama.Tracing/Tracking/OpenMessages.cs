using System.Diagnostics.CodeAnalysis;
using Trama.Framing;

namespace Trama.Tracing.Tracking;

/// <summary>The messages of one direction that are in progress. Nearly always there is one.</summary>
internal struct OpenMessages
{
    // Beyond so many, the framing that opens them has lost its way.
    private const int MaxOpen = 65_536;

    private Message? _first;
    private MessageId _firstId;
    private Dictionary<MessageId, Message>? _others;

    /// <summary>The message that bytes came for last.</summary>
    public Message? Latest { get; private set; }

    /// <summary>Finds a message.</summary>
    public bool TryFind(in MessageId id, [NotNullWhen(true)] out Message? message)
    {
        message = _first;
        if (message is null || _firstId != id)
        {
            message = null;
            if (_others is null || !_others.TryGetValue(id, out message)) return false;
        }

        Latest = message;
        return true;
    }

    /// <summary>Whether a message is in progress.</summary>
    public readonly bool Contains(in MessageId id) => (_first is not null && _firstId == id) || _others?.ContainsKey(id) == true;

    /// <summary>Adds a message; refuses when there are too many.</summary>
    public bool TryAdd(in MessageId id, Message message)
    {
        if (_first is null) (_first, _firstId) = (message, id);
        else if (_others?.Count >= MaxOpen) return false;
        else (_others ??= []).Add(id, message);
        Latest = message;
        return true;
    }

    /// <summary>Takes a message out.</summary>
    public bool TryTake(in MessageId id, [NotNullWhen(true)] out Message? message)
    {
        if (!TryFind(id, out message)) return false;
        if (_first == message) _first = null;
        else _others!.Remove(id);
        Latest = null;
        return true;
    }
}
