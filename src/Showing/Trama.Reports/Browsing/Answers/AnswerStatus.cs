namespace Trama.Reports.Browsing.Answers;

/// <summary>What became of a question.</summary>
public enum AnswerStatus : byte
{
    /// <summary>It is answered.</summary>
    Answered,

    /// <summary>There is nothing of that name or number.</summary>
    NotThere,

    /// <summary>It cannot be understood; the answer says why.</summary>
    Refused,
}
