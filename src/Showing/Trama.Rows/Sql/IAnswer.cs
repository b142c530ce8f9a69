namespace Trama.Rows.Sql;

/// <summary>Takes the answer to a question.</summary>
public interface IAnswer
{
    /// <summary>It begins.</summary>
    void Begin(IReadOnlyList<ResultColumn> columns);

    /// <summary>A row of it, valid during the call.</summary>
    void Row(in ResultRow row);

    /// <summary>There are no more rows.</summary>
    void End();
}
