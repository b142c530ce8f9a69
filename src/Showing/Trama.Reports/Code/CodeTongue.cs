namespace Trama.Reports.Code;

/// <summary>In which program's or language's words an exchange is made again.</summary>
public enum CodeTongue : byte
{
    /// <summary>curl.</summary>
    Curl,

    /// <summary>HTTPie.</summary>
    Httpie,

    /// <summary>grpcurl.</summary>
    Grpcurl,

    /// <summary>PostgreSQL's psql.</summary>
    Psql,

    /// <summary>redis-cli.</summary>
    RedisCli,

    /// <summary>C#, a program without a class around it.</summary>
    CSharp,
}
