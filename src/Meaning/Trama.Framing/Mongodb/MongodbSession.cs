namespace Trama.Framing.Mongodb;

/// <summary>What the two directions of a connection know of each other: which requests of the old kind ask for documents, and which reply
/// more of the same follow.</summary>
internal sealed class MongodbSession
{
    // Of more, the older ones are forgotten: their replies are then told without a status.
    private const int MostQueries = 4096;

    private readonly Dictionary<int, bool> _asked = [];

    /// <summary>The identifier of a reply that another one follows unasked; absent when none does.</summary>
    public int? Streams { get; set; }

    /// <summary>A request was said that OP_REPLY answers.</summary>
    /// <param name="requestId">Its identifier.</param>
    /// <param name="isCommand">Whether the reply is a command's outcome; else it is made of documents.</param>
    public void Ask(int requestId, bool isCommand)
    {
        if (_asked.Count >= MostQueries) _asked.Clear();
        _asked[requestId] = isCommand;
    }

    /// <summary>Whether a reply is a command's outcome; absent when what it answers was not seen.</summary>
    public bool? IsCommand(int responseTo) => _asked.Remove(responseTo, out bool isCommand) ? isCommand : null;
}
