namespace Trama.Tracing.Keeping;

/// <summary>What is so of an exchange, or not; where neither stands, it is not known.</summary>
[Flags]
internal enum KeptTraits : ushort
{
    None = 0,
    HasRequest = 1,
    HasReply = 2,
    IsWhole = 4,
    Failed = 8,
    Succeeded = 16,
    ReplyDue = 32,
    NoReplyDue = 64,
    ServerAsks = 128,
    ServerReplies = 256,
    HasServerTime = 512,
    HasTotalTime = 1024,
}
