namespace Trama.Mcp;

/// <summary>How much a call may take. What is cut is told in the answer.</summary>
/// <param name="Time">How long a call may take.</param>
internal sealed record Limits(TimeSpan Time)
{
    /// <summary>How many calls may run at once; another is refused.</summary>
    public const int Calls = 2;

    /// <summary>How many bytes a line of the client may have.</summary>
    public const int RequestBytes = 1 << 20;

    /// <summary>How many rows an answer has unless fewer are asked for.</summary>
    public const int Rows = 500;

    /// <summary>How many bytes the rows of an answer have together.</summary>
    public const int AnswerBytes = 256 << 10;

    /// <summary>How many bytes a file may have.</summary>
    public const long FileBytes = 1L << 30;

    /// <summary>How many first bytes of a message are told.</summary>
    public const int MessageBytes = 16 << 10;

    /// <summary>How much memory a question in SQL may take, in bytes.</summary>
    public const long QueryBytes = 512 << 20;
}
