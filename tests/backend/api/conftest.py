from tests.backend.served import client, farm, served, serving_settings

__all__ = ["client", "farm", "served", "serving_settings"]
