using System.Text.RegularExpressions;

namespace Trama.Peers.Replies;

/// <summary>One rule: which messages it is for, and what is answered.</summary>
public sealed record Rule
{
    /// <summary>The words that the message has; null when they do not matter.</summary>
    public string? Text { get; init; }

    /// <summary>What the words begin with; null when it does not matter.</summary>
    public string? Prefix { get; init; }

    /// <summary>What is found in the words; null when it does not matter.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The answer; with a <see cref="Pattern"/>, <c>$1</c> and <c>${name}</c> stand for what its groups found.</summary>
    public string Reply { get; init; } = "";

    /// <summary>How long to wait before the answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What follows.</summary>
    public AfterReply Then { get; init; }

    /// <summary>Whether the rule is for these words, and what it answers then.</summary>
    internal bool TryAnswer(string words, out string reply)
    {
        reply = Reply;
        if (Text is not null && words != Text) return false;
        if (Prefix is not null && !words.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (Pattern is null) return true;
        Match match = Pattern.Match(words);
        if (match.Success) reply = match.Result(Reply);
        return match.Success;
    }
}
