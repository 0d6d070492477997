from backend.experiments.complete import complete
from backend.store import generations, individuals
from backend.store.database import Database
from tests.backend.experiments.farm import Farm, order


def test_a_generation_is_completed_once(database: Database) -> None:
    farm = Farm(database)
    launched = farm.launch(order())
    farm.work()
    run = farm.run(launched)
    with database.write() as session:
        again = session.merge(run)
        population = individuals.of_generation(session, run.id, run.generation)
        population[0].fitness = 0.999
        complete(session, again, population)
        assert again.best_fitness != 0.999
        assert generations.get_one(session, run.id, run.generation).digest == run.digest
